/** The one place that decides whether somebody may call an endpoint. */
import { TokenRefused, type Peer } from '@odeon/rooms/ports'
import type { AuthNeed, SignedIn } from './endpoint.ts'
import { commonRefusal } from './refusal.ts'

/** Turns a bearer token into who is asking. Rejects with `TokenRefused` when it is no good. */
export type Authenticate = (token: string, peer: Peer) => Promise<SignedIn>

const rank = { user: 0, moderator: 1, admin: 2 } as const

/** True when a platform role is at least the one asked for. */
function platformRoleAtLeast(
  identity: Pick<SignedIn, 'kind' | 'platformRole'>,
  least: keyof typeof rank,
): boolean {
  return identity.kind === 'account' && rank[identity.platformRole] >= rank[least]
}

/** Resolves who is asking, or throws the refusal. `attempt` is what the token came to. */
export function authorise(need: AuthNeed, attempt: Attempt): SignedIn | undefined {
  if (need === 'none') return undefined
  if (attempt === 'refused') throw commonRefusal('unauthenticated')
  if (need === 'optional') return attempt
  if (!attempt) throw commonRefusal('unauthenticated')
  if (need === 'user') return attempt
  if (attempt.kind !== 'account') throw commonRefusal('account_required')
  if (need !== 'account' && !platformRoleAtLeast(attempt, need)) throw commonRefusal('not_allowed')
  return attempt
}

export type Attempt<Who = SignedIn> = Who | 'refused' | undefined

/** Tries the bearer token of a request. A fault of ours (say, no database) is thrown on. */
export async function attemptSignIn<Who>(
  authenticate: (token: string, peer: Peer) => Promise<Who>,
  authorization: string | undefined,
  peer: Peer,
): Promise<Attempt<Who>> {
  if (authorization === undefined) return undefined
  const token = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization)?.[1]
  if (!token) return 'refused'
  try {
    return await authenticate(token, peer)
  } catch (error) {
    if (error instanceof TokenRefused) return 'refused'
    throw error
  }
}
