/** The moment at which something ends: the time alone today, with the day when it is another. */
export function untilText(untilMs: number, nowMs: number, language: string): string {
  const isToday = new Date(untilMs).toDateString() === new Date(nowMs).toDateString()
  return new Intl.DateTimeFormat(
    language,
    isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(untilMs)
}
