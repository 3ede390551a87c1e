/** `?t=754`: a moment of a past stream, in seconds since its start. */
export function momentSearch({ t }: Record<string, unknown>): { t?: number } {
  const seconds = typeof t === 'number' || typeof t === 'string' ? Number(t) : Number.NaN
  return Number.isFinite(seconds) && seconds > 0 ? { t: Math.floor(seconds) } : {}
}
