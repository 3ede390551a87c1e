/** Puts together what actions of a live room see, and what the room keeps for them in memory. */
import { DelayAlarm } from '../chat/delay-alarm.ts'
import { postDue } from '../chat/post-line.ts'
import { recallLines } from '../chat/recall-lines.ts'
import type { Scope } from '../kit/command.ts'
import { CrewActions } from '../moderation/crew-actions.ts'
import { HeldLines } from '../moderation/held-lines.ts'
import {
  assignRole,
  refreshPerson,
  tellStanding,
  UnsurePeople,
} from '../moderation/read-standing.ts'
import { Standings } from '../moderation/standings.ts'
import type { ChannelDesk, StreamFacts } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import type { LivePorts } from './live-ports.ts'
import { openChat } from './open-chat.ts'
import { type FloorParts, openFloor } from './open-floor.ts'
import { type GivingParts, openGiving } from './open-giving.ts'
import { openPlays, type PlayParts } from './open-plays.ts'
import type { LiveScope } from './live-scope.ts'
import type { LiveState } from './state.ts'
import { StreamListing } from './stream-listing.ts'

export interface LiveScopeParts extends Pick<LiveScope, 'tally' | 'present' | 'head'> {
  ports: LivePorts
  facts: StreamFacts
  /** The channel's settings as they were read when the room opened. */
  desk: Awaited<ReturnType<ChannelDesk['chat']>>
  viewers: () => number
  floor: FloorParts
  giving: Omit<GivingParts, 'archive'>
  plays: PlayParts
}

export function openLiveScope(
  kit: Scope<LiveState, LiveEvents>,
  { ports, facts, desk, tally, viewers, present, head, floor, giving, plays }: LiveScopeParts,
): LiveScope {
  const { streams, moderation, channels, notices, directory, logger } = ports
  const { memory } = kit
  const chat = openChat(kit, desk)
  const standings = new Standings((userId) => {
    if (standings.identityOf(userId) === undefined) scope.floor.forgo(userId)
    scope.floor.unsettle()
    tellStanding(scope, userId)
  })
  const scope: LiveScope = {
    ...kit,
    tally,
    present,
    head,
    streams,
    moderation,
    channels,
    notices,
    chat,
    standings,
    held: new HeldLines(memory.keep('held', () => scope.held.all)),
    actions: new CrewActions({
      actions: memory.keep('actions', () => scope.actions.all),
      traces: memory.keep('actions.traces', () => scope.actions.tracesToKeep),
    }),
    listing: new StreamListing({
      directory,
      state: kit.state,
      medium: facts.medium,
      place: facts,
      viewers,
      pulse: () => tally.points,
    }),
    alarm: new DelayAlarm({
      now: kit.world.now,
      nextAt: () => chat.delayed.nextAt(chat.delayMs),
      ring: () => postDue(scope),
      failed: (err) => logger.error({ err }, 'delayed lines were not posted'),
    }),
    unsure: new UnsurePeople((userId) => scope.refresh(userId)),
    floor: openFloor({ ...kit, standings, present }, floor),
    giving: undefined,
    battles: undefined,
    treasures: undefined,
    wake: () => scope.alarm.set(),
    assign: (userId, role) => assignRole(scope, userId, role),
    refresh: (userId) => {
      if (standings.identityOf(userId) === undefined) scope.floor.forgo(userId)
      return refreshPerson(scope, userId)
    },
    aside: (work, failure) =>
      void work.catch((err: unknown) => logger.warn({ err, stream: kit.state.streamId }, failure)),
  }
  recallLines(scope)
  Object.assign(scope, openPlays(scope, plays))
  const { archive } = ports
  return Object.assign(scope, { giving: openGiving(scope, { ...giving, archive }) })
}
