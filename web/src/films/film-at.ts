/** Which film of a stream shows a moment. */
import type { Film } from '@odeon/sdk'

/** A film that begins so soon is shown already, and waits with its first picture. */
const aheadMs = 30_000

/** Films as the server lists them, the oldest first; `at` in Unix ms. */
export function filmAt(films: readonly Film[], at: number): Film | undefined {
  const film = films.find(({ startedAt, durationMs }) => at < startedAt + durationMs)
  return film && at >= film.startedAt - aheadMs ? film : undefined
}
