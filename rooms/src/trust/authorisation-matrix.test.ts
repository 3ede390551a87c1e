/**
 * Who may say what where. The rows come from the command registry: a command that is not in the
 * expected table, or a cell that differs, fails. `suspended` and `blocked` do not enter,
 * `timedOut` and `channelBanned` watch, a `stranger` has no token.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveCommands } from '../live/live-commands.ts'
import { liveRoomId } from '../live/room-id.ts'
import { commandSamples } from '../testing/command-samples.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { reserve } from '../testing/raw-socket.ts'
import { type RoomServer, startRoomServer } from '../testing/room-server.ts'

const relations = [
  'owner',
  'moderator',
  'staff',
  'vip',
  'member',
  'guest',
  'timedOut',
  'channelBanned',
  'suspended',
  'blocked',
  'stranger',
] as const
type Relation = (typeof relations)[number]
type Cell = 'may' | 'muted' | 'not_allowed' | 'no_entry'

const inside: Record<Relation, Cell> = {
  owner: 'may',
  moderator: 'may',
  staff: 'may',
  vip: 'may',
  member: 'may',
  guest: 'may',
  timedOut: 'may',
  channelBanned: 'may',
  suspended: 'no_entry',
  blocked: 'no_entry',
  stranger: 'no_entry',
}
const speaking: Record<Relation, Cell> = { ...inside, timedOut: 'muted', channelBanned: 'muted' }
const crewOnly: Record<Relation, Cell> = {
  ...inside,
  vip: 'not_allowed',
  member: 'not_allowed',
  guest: 'not_allowed',
  timedOut: 'not_allowed',
  channelBanned: 'not_allowed',
}
const hostOnly: Record<Relation, Cell> = {
  ...crewOnly,
  moderator: 'not_allowed',
  staff: 'not_allowed',
}

const expected: Record<string, Record<Relation, Cell>> = {
  'chat.send': speaking,
  // One's own lines; those of others are the crew's.
  'chat.delete': inside,
  'chat.clear': crewOnly,
  'chat.pin': crewOnly,
  'chat.announce': crewOnly,
  'chat.modes': crewOnly,
  'member.timeout': crewOnly,
  'member.untimeout': crewOnly,
  'member.ban': crewOnly,
  'member.unban': crewOnly,
  'member.warn': crewOnly,
  'role.grant': hostOnly,
  'role.revoke': hostOnly,
  'held.decide': crewOnly,
  'moderation.undo': crewOnly,
  'crew.read': crewOnly,
  'reaction.send': speaking,
  'stream.start': hostOnly,
  'stream.update': hostOnly,
  'stream.end': hostOnly,
  'floor.raise': speaking,
  // One's own; those of others are the crew's.
  'floor.lower': inside,
  'floor.clear': crewOnly,
  'floor.invite': crewOnly,
  'floor.decline': inside,
  'floor.sit': speaking,
  'floor.stand': inside,
  'floor.remove': crewOnly,
  'floor.mute': inside,
  'floor.silence': crewOnly,
  'floor.successor': hostOnly,
  'floor.open': hostOnly,
  'floor.turns': crewOnly,
  'floor.turn': crewOnly,
  'battle.invite': hostOnly,
  'battle.answer': hostOnly,
  'battle.leave': hostOnly,
  'battle.use': hostOnly,
  'battle.ticket': inside,
  'gift.send': speaking,
  'goal.set': hostOnly,
  'treasure.fund': hostOnly,
  'treasure.claim': speaking,
  'media.ticket': inside,
  'log.read': inside,
}

const messages: Record<string, object> = { ...commandSamples, 'log.read': { epoch: 1, after: 0 } }

let server: RoomServer
let ids = 0
beforeAll(async () => {
  const ports = memoryPorts()
  server = await startRoomServer({}, ports)
  ports.streams.moderators.add('moderator')
  ports.streams.banned.add('suspended')
  ports.moderation.vips.add('vip')
  const facts = { reason: null, by: 'host', scope: 'channel' } as const
  const until = Date.now() + 600_000
  ports.moderation.sanction('timedOut', { ...facts, kind: 'timeout', until })
  ports.moderation.sanction('channelBanned', { ...facts, kind: 'ban', until: null })
  ports.streams.blocked.add('blocked')
})
afterAll(async () => {
  await server.stop()
})

/** What really happens when this relation says this command in a room of its own. */
async function cell(command: string, relation: Relation): Promise<Cell> {
  const streamId = `m${++ids}`
  await server.openStream(streamId, 'owner')
  try {
    if (relation === 'stranger') {
      await reserve(server.url, liveRoomId(streamId), '')
      return 'may'
    }
    const token = relation === 'staff' ? 'admin:staff' : `user:${relation}`
    const { room } = await server.join(streamId, token)
    const message = { requestId: `request-${++ids}`, ...messages[command] }
    const code = await room.request(command, message).then(
      () => 'ok',
      (error: { reason?: { code: string } }) => error.reason?.code,
    )
    await room.leave()
    if (code === 'timed_out' || code === 'banned') return 'muted'
    return code === 'not_allowed' ? 'not_allowed' : 'may'
  } catch {
    return 'no_entry'
  }
}

describe('[TRU-16] the authorisation matrix of the live room', () => {
  const registry = [...Object.keys(liveCommands), 'log.read']

  it('[TRU-16] has a row for each command of the registry and no other', () => {
    expect(Object.keys(expected).sort()).toEqual(registry.sort())
    expect(Object.keys(messages).sort()).toEqual(registry.sort())
  })

  for (const command of registry) {
    it.each(relations)(`[TRU-16] ${command} by %s`, async (relation) => {
      expect(await cell(command, relation)).toBe(expected[command]?.[relation])
    })
  }
})
