/** A line on its way: what the steps of `chat.send` look at and complete, and what it becomes. */
import type { Member } from '../kit/member.ts'
import type { Entry } from '../kit/protocol.ts'
import type { TextVerdict } from '../ports.ts'
import type { ChatScope } from './chat-scope.ts'
import type { ChatPosted, ChatSend, Quoted } from './protocol.ts'

export interface Draft {
  readonly id: string
  readonly member: Member
  readonly isAction: boolean
  /** Id of the line it answers. */
  readonly answers: string | undefined
  text: string
  quoted?: Quoted
  /** It answers a line that the crew alone has seen so far, and waits with it. */
  isBehindDelayed?: boolean
  verdict?: TextVerdict
  isRewritten?: true
}

/** A line as it will be posted, without number and time. */
export type LineBody = Omit<ChatPosted, keyof Entry>

/** Refuses, completes the draft, or both; waits only where it must. */
export type Step = (scope: ChatScope, draft: Draft) => void | Promise<void>
/** A step that never waits. */
export type Gate = (scope: ChatScope, draft: Draft) => void

export function draftOf(id: string, member: Member, message: ChatSend): Draft {
  const { text, replyTo, isAction = false } = message
  return { id, member, text, answers: replyTo, isAction }
}

/** Runs steps in order; a promise only when one of them waits. */
export function inOrder(
  steps: readonly Step[],
  scope: ChatScope,
  draft: Draft,
): Promise<void> | undefined {
  for (const [at, step] of steps.entries()) {
    const waited = step(scope, draft)
    if (waited instanceof Promise) return rest(waited, steps.slice(at + 1), scope, draft)
  }
  return undefined
}

async function rest(
  first: Promise<void>,
  steps: readonly Step[],
  scope: ChatScope,
  draft: Draft,
): Promise<void> {
  await first
  for (const step of steps) await step(scope, draft)
}
