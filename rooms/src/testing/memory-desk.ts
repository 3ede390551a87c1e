/** A channel's settings, emotes and follows, and notices, in memory. */
import type { ChatModes } from '../chat/protocol.ts'
import type { ChannelDesk, Notices } from '../ports.ts'

export class MemoryDesk implements ChannelDesk {
  modes: ChatModes = {
    slowSeconds: 0,
    followersMinutes: -1,
    subscribersOnly: false,
    emoteOnly: false,
    unique: false,
    delaySeconds: 0,
  }
  holdSuspicious = true
  hasReviewer = false
  emotes: { code: string; id: string }[] = []
  /** Unix ms since when, by person. */
  readonly followers = new Map<string, number>()
  readonly saved: ChatModes[] = []

  async chat() {
    const { modes, holdSuspicious, hasReviewer, emotes } = this
    return { modes: { ...modes }, holdSuspicious, hasReviewer, emotes: [...emotes] }
  }

  async saveModes(_channelId: string, modes: ChatModes): Promise<void> {
    this.modes = modes
    this.saved.push(modes)
  }

  async followedAt(_channelId: string, userId: string): Promise<number | null> {
    return this.followers.get(userId) ?? null
  }
}

type Said = Parameters<Notices['notify']>[1]

export class MemoryNotices implements Notices {
  readonly kept: { to: string; notice: Said }[] = []

  async notify(userId: string, notice: Said): Promise<void> {
    this.kept.push({ to: userId, notice })
  }

  async mention(names: string[], notice: Said): Promise<void> {
    for (const name of names) this.kept.push({ to: `@${name}`, notice })
  }
}
