/** Keeps the stream listed in the lobby while it is live, and only then (LIVE-27). */
import { listedVoices } from '../floor/listed-voices.ts'
import { lobbyLimits, type StreamCardFacts } from '../lobby/protocol.ts'
import type { Directory, StreamFacts } from '../ports.ts'
import type { LiveState } from './state.ts'

export interface StreamListingOptions {
  directory: Pick<Directory, 'publish' | 'withdraw'>
  state: LiveState
  medium: StreamFacts['medium']
  place: Pick<StreamFacts, 'language' | 'country'>
  viewers: () => number
  pulse: () => number[]
}

/** Beats come about once a second and never exactly. */
const slackMs = 500

export class StreamListing {
  readonly #options: StreamListingOptions
  /** Where it belongs: lists alone show it, so it is not in the state. */
  place: StreamListingOptions['place']
  #saidAt = Number.NEGATIVE_INFINITY

  constructor(options: StreamListingOptions) {
    this.#options = options
    this.place = options.place
  }

  /** Something changed that lists show. */
  renew(now: number): void {
    const { directory, state } = this.#options
    if (state.phase !== 'live') return this.withdraw()
    this.#saidAt = now
    directory.publish(this.#card())
  }

  /** Says every heartbeat that the stream lives, with its figures of then. */
  beat(now: number): void {
    if (this.#options.state.phase !== 'live') return
    if (now - this.#saidAt >= lobbyLimits.heartbeatMs - slackMs) this.renew(now)
  }

  withdraw(): void {
    if (this.#saidAt === Number.NEGATIVE_INFINITY) return
    this.#saidAt = Number.NEGATIVE_INFINITY
    this.#options.directory.withdraw(this.#options.state.streamId)
  }

  #card(): StreamCardFacts {
    const { medium, state, viewers, pulse } = this.#options
    const { streamId, channelId, channel, name, avatarUrl, title, category, startedAt } = state
    return {
      streamId,
      channelId,
      handle: channel,
      name,
      avatarUrl: avatarUrl === '' ? null : avatarUrl,
      title,
      category: category === '' ? null : category,
      language: this.place.language,
      country: this.place.country,
      medium,
      startedAt,
      viewers: viewers(),
      chattersInFiveMinutes: state.metrics.chattersInFiveMinutes,
      coinsInFiveMinutes: 0,
      pulse: pulse(),
      voices: medium === 'audio' ? listedVoices(state.floor) : [],
      speakers: medium === 'audio' ? state.floor.speakers.size : 0,
    }
  }
}
