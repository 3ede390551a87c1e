/** What the queue can be narrowed to, and what of the address goes to the server. */
import type { Filters } from './address-filters.ts'

export const flagStatuses = ['pending', 'reviewed', 'resolved'] as const
export const flagTypes = ['message', 'user', 'stream', 'content'] as const

const oneOf = <Name extends string>(names: readonly Name[], value: string | undefined) =>
  names.find((name) => name === value)

/** An address somebody mistyped narrows nothing instead of failing. */
export function queueQuery({ status, type, automatic, channel }: Filters) {
  const known = oneOf(flagTypes, type)
  return {
    status: oneOf(flagStatuses, status) ?? ('pending' as const),
    ...(known ? { type: known } : {}),
    ...(automatic === 'true' || automatic === 'false' ? { automatic: automatic === 'true' } : {}),
    ...(channel ? { channel } : {}),
  }
}
