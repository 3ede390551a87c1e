/** A part of an answer, as `Range` asks for it. */

/** Undefined for all of it, null for what it has not. Several parts are all. */
export function partOf(
  asked: string | undefined,
  ifRange: string,
  etag: string,
  length: number,
): [from: number, to: number] | null | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? []
  if (ifRange !== etag || from + to === '') return undefined
  if (from === '') return Number(to) === 0 ? null : [Math.max(0, length - Number(to)), length - 1]
  const first = Number(from)
  const last = Math.min(length - 1, to === '' ? length - 1 : Number(to))
  return first < length && first <= last ? [first, last] : null
}
