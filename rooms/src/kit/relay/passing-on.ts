/**
 * A room's commands at a relay: checked here as there, so that the writer is spared what it would
 * refuse, and passed on as they came. Reading the log is done here.
 */
import { z } from 'zod'
import { AnsweredElsewhere } from '../answers.ts'
import { type CommandTable, command, everyone } from '../command.ts'
import { kitRefusals, logRead, requestId } from '../protocol.ts'
import type { RelayLine } from './relay-line.ts'
import { packPayload } from './upstream.ts'

export interface PassingScope {
  line: Pick<RelayLine, 'ask'>
}

export function passingOn(commands: CommandTable<never>): CommandTable<PassingScope> {
  const passed = Object.entries(commands).map(([name, { shape, may, rate, isRead }]) => [
    name,
    command<PassingScope, ReturnType<typeof asItCame>>({
      shape: asItCame(shape),
      may,
      rate,
      isRead,
      action: async ({ line }, member, { packed }, sid) => {
        const outcome = await line.ask(member.id, name, packed, sid)
        if (outcome.status === 'ok') return outcome.reply
        throw new AnsweredElsewhere(outcome)
      },
    }),
  ])
  return { ...Object.fromEntries(passed), 'log.read': readLogHere }
}

const readLogHere = command<PassingScope, typeof logRead>({
  shape: logRead,
  may: everyone,
  rate: { class: 'read', perSecond: 10, burst: 30 },
  isRead: true,
  action: (_scope, _member, { epoch, after }) => ({ epoch, seq: after }),
})

/**
 * Checks a message and packs it as it came: the writer reads it as if it had come to it. A shape
 * sees the fields of a thing, and things without fields may still hold what cannot be packed.
 */
function asItCame(shape: z.ZodType) {
  return z.unknown().transform((payload, context) => {
    const { data, error } = shape.safeParse(payload)
    if (error !== undefined) {
      context.issues.push(...(error.issues as never[]))
      return z.NEVER
    }
    const id = requestId.optional().safeParse((data as { requestId?: unknown }).requestId).data
    try {
      return { ...(id !== undefined && { requestId: id }), packed: packPayload(payload) }
    } catch {
      context.addIssue(kitRefusals.invalid)
      return z.NEVER
    }
  })
}
