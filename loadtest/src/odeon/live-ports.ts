/** What a live room needs besides, with an outside that agrees to everything at once. */
import type { LivePorts } from '@odeon/rooms'
import { quietPorts } from './quiet-ports.ts'

const nothing = () => Promise.resolve()

/** One stream that is live; `now` is the room's clock. */
export function livePorts(now: () => number): LivePorts {
  const facts = {
    channelId: 'channel',
    channel: 'owl',
    title: 'A stream',
    name: 'Night Owl',
    avatarUrl: null,
    category: null,
    language: null,
    country: null,
    hostId: 'host',
    medium: 'video' as const,
    phase: 'live' as const,
    endedAt: 0,
  }
  const modes = {
    slowSeconds: 0,
    followersMinutes: -1,
    subscribersOnly: false,
    emoteOnly: false,
    unique: false,
    delaySeconds: 0,
  }
  const standing = { sanction: null, isVip: false, followedAt: null }
  const desk = { modes, holdSuspicious: false, hasReviewer: false, emotes: [] }
  return {
    ...quietPorts,
    world: { ...quietPorts.world, now },
    streams: {
      find: (id) => Promise.resolve({ id, startedAt: now(), ...facts }),
      admit: () => Promise.resolve({ role: 'viewer', standing }),
      start: () => Promise.resolve(false),
      end: () => Promise.resolve(null),
      update: () => Promise.resolve(false),
      checkpoint: nothing,
      numbers: () => Promise.resolve(null),
    },
    moderation: {
      score: () => ({ score: 0, category: 'none', matches: [] }),
      review: () => Promise.resolve(null),
      take: () => Promise.resolve({ refused: 'no_such_action' }),
      undo: () => Promise.resolve({ refused: 'no_such_action' }),
      punish: () => Promise.resolve(null),
      flag: nothing,
    },
    channels: {
      chat: () => Promise.resolve(desk),
      saveModes: nothing,
      followedAt: () => Promise.resolve(null),
    },
    directory: { publish() {}, withdraw() {} },
    notices: { notify: nothing, mention: nothing },
  }
}
