/** What must be ended when a test file has run, wherever it was begun: also in a hook or a test. */

const ends: (() => unknown)[] = []

/** Called once when the file has run; what began last ends first. */
export function atFileEnd(end: () => unknown): void {
  ends.push(end)
}

export async function endFile(): Promise<void> {
  for (let end = ends.pop(); end; end = ends.pop()) await end()
}
