/** A live stream of the demo as those on its stage see it, and their parts in it. */
import type { DemoMember } from '../demo-member.ts'
import type { Chance } from '../random.ts'
import type { Part } from './orders.ts'
import type { Performance, Stage } from './stage.ts'

export const sceneLimits = {
  lookEveryMs: 700,
  /** Somebody is there for so many looks before a part begins: a page that reloads is none. */
  looksMin: 2,
  /** A part goes on for so long when nobody is there any more. */
  lingerMs: 20_000,
  /** From a part that did not come on, or was over, to the next try. */
  againMs: 4_000,
} as const

export interface Scene {
  host: DemoMember
  /** Those who came to speak, and stay. */
  cast: readonly DemoMember[]
  luck: Chance
  /** Of the audience, who is there now. */
  present(): DemoMember[]
  /** The stream is live, and its host is in it. */
  isOn(): boolean
  /** Somebody is there who is not of the demo. */
  isWatched(): boolean
  /** Something could be carried, as far as the room was told. */
  hasMedia(): boolean
  /** Resolves after so many ms, or when all is over. */
  pause(ms: number): Promise<void>
  /** The same, longer while nobody watches. */
  wait(range: readonly [min: number, max: number]): Promise<void>
}

/** What is done on the stage of a stream while it is live. Resolves when it is not any more. */
export type Act = (scene: Scene) => Promise<void>

export interface Player {
  stage: Stage
  /** Where LiveKit is for this machine, `ws://`; undefined while there is none. */
  mediaUrl(): string | undefined
}

export interface Playable {
  member: DemoMember
  part: Part
  /** Ends it before the stream does. */
  isWanted?: () => boolean
}

/** One person's part, on while somebody real is there: an empty house costs nothing. */
export class RunningPart {
  readonly member: DemoMember
  readonly ended: Promise<void>
  #performance: Performance | undefined

  constructor(scene: Scene, player: Player, { member, part, isWanted = () => true }: Playable) {
    this.member = member
    this.ended = this.#run(scene, player, part, () => scene.isOn() && isWanted())
  }

  get isPlaying(): boolean {
    return this.#performance?.isOn === true
  }

  /** Of a voice: whether it is its turn. */
  speak(isSpeaking: boolean): void {
    this.#performance?.speak(isSpeaking)
  }

  async #run(scene: Scene, player: Player, part: Part, isOn: () => boolean): Promise<void> {
    let looks = 0
    while (isOn() && player.stage.canPlay) {
      await scene.pause(sceneLimits.lookEveryMs)
      looks = scene.isWatched() && scene.hasMedia() ? looks + 1 : 0
      if (looks < sceneLimits.looksMin || !isOn()) continue
      this.#performance = await this.#begin(player, part)
      if (this.isPlaying) await this.#play(scene, isOn)
      else await scene.pause(sceneLimits.againMs)
    }
  }

  async #begin({ stage, mediaUrl }: Player, part: Part): Promise<Performance | undefined> {
    const url = mediaUrl()
    const ticket = url === undefined ? undefined : await this.member.ticket()
    if (url === undefined || ticket === undefined) return undefined
    return await stage.perform(part, { url, token: ticket.token })
  }

  async #play(scene: Scene, isOn: () => boolean): Promise<void> {
    let aloneMs = 0
    // A client waits long for a LiveKit that went: the room is told at once.
    const goesOn = () => isOn() && this.isPlaying && scene.hasMedia()
    while (goesOn() && aloneMs < sceneLimits.lingerMs) {
      await scene.pause(sceneLimits.lookEveryMs)
      aloneMs = scene.isWatched() ? 0 : aloneMs + sceneLimits.lookEveryMs
    }
    this.#performance?.leave()
  }
}
