/**
 * Who may say what where. The rows come from the command registry: a command that is not in the
 * expected table, or a cell that differs, fails. Relations: owner (host), moderator, member, guest,
 * banned, blocked and stranger (no token).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveCommands } from '../live/live-commands.ts'
import { liveRoomId } from '../live/live-room.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { reserve } from '../testing/raw-socket.ts'
import { type RoomServer, startRoomServer } from '../testing/room-server.ts'

const relations = [
  'owner',
  'moderator',
  'member',
  'guest',
  'banned',
  'blocked',
  'stranger',
] as const
type Relation = (typeof relations)[number]
type Cell = 'may' | 'not_allowed' | 'no_entry'

const inside: Record<Relation, Cell> = {
  owner: 'may',
  moderator: 'may',
  member: 'may',
  guest: 'may',
  banned: 'no_entry',
  blocked: 'no_entry',
  stranger: 'no_entry',
}
const hostOnly: Record<Relation, Cell> = {
  ...inside,
  moderator: 'not_allowed',
  member: 'not_allowed',
  guest: 'not_allowed',
}

const expected: Record<string, Record<Relation, Cell>> = {
  'chat.send': inside,
  'reaction.send': inside,
  'stream.start': hostOnly,
  'stream.end': hostOnly,
  'log.read': inside,
}

const messages: Record<string, object> = {
  'chat.send': { text: 'hello' },
  'reaction.send': { kind: 'heart' },
  'log.read': { epoch: 1, after: 0 },
}

let server: RoomServer
let ids = 0
beforeAll(async () => {
  const ports = memoryPorts()
  server = await startRoomServer({}, ports)
  ports.streams.moderators.add('moderator')
  ports.streams.banned.add('banned')
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
    const { room } = await server.join(streamId, `user:${relation}`)
    const message = { requestId: `request-${++ids}`, ...messages[command] }
    const code = await room.request(command, message).then(
      () => 'ok',
      (error: { reason?: { code: string } }) => error.reason?.code,
    )
    await room.leave()
    return code === 'not_allowed' ? 'not_allowed' : 'may'
  } catch {
    return 'no_entry'
  }
}

describe('[TRU-16] the authorisation matrix of the live room', () => {
  const registry = [...Object.keys(liveCommands), 'log.read']

  it('[TRU-16] has a row for each command of the registry and no other', () => {
    expect(Object.keys(expected).sort()).toEqual(registry.sort())
  })

  for (const command of registry) {
    it.each(relations)(`[TRU-16] ${command} by %s`, async (relation) => {
      expect(await cell(command, relation)).toBe(expected[command]?.[relation])
    })
  }
})
