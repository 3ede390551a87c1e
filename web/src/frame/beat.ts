/**
 * What moves ten times a second moves on the same beat. A picture costs the whole page, whatever
 * little changed in it: chat and stage share theirs.
 */
export const beatMs = 100

/** How long to wait for the next beat, Unix ms in, 1 to 100 out. */
export function untilBeatMs(now: number): number {
  return beatMs - (now % beatMs)
}
