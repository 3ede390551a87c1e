/** The way to recorded rooms: `odeon.replays`. */
import type { Session } from '../auth/session.ts'
import { type Streams, streamPath } from '../streams/streams.ts'
import type { World } from '../world.ts'
import type { LiveReplay } from './live-replay.ts'
import { noRecording } from './no-recording.ts'

export interface ReplayOptions {
  /** Where to begin, ms since the stream's start. */
  at?: number
}

export class Replays {
  readonly #session: Session
  readonly #streams: Streams
  readonly #world: World

  constructor(session: Session, streams: Streams, world: World) {
    this.#session = session
    this.#streams = streams
    this.#world = world
  }

  /**
   * Opens the recording of a stream, resting at `at`. Resolves when its state and the entries
   * before it are here. Refused with `not_found`, `still_recording`, `not_recorded`,
   * `recording_expired`, `recording_removed`, `recording_lost`, or failing with `Unavailable`.
   */
  async open(streamId: string, { at = 0 }: ReplayOptions = {}): Promise<LiveReplay> {
    const [{ LiveReplay }, { Recording }] = await Promise.all([
      import('./live-replay.ts'),
      import('./recording.ts'),
    ])
    const recording = new Recording(this.#session, streamId)
    const facts = await recording.facts()
    if (facts.status !== 'ready') throw noRecording(facts.status)
    const history = this.#streams.log.bind(this.#streams, streamId)
    const world = this.#world
    const replay = new LiveReplay({ streamId, recording, facts, history, world })
    await replay.open(at)
    return replay
  }

  /** Takes the recording of a stream away for good. Refused with `not_found`, `not_allowed`. */
  remove(streamId: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: `${streamPath(streamId)}/replay` })
  }
}
