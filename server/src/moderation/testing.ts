/** Moderation on a real database with a clock that tests move; rooms and notices are recorded. */
import { type Identity, type NewAction, TokenRefused } from '@odeon/rooms/ports'
import type { Notice } from '@odeon/rooms/protocol'
import { v7 } from 'uuid'
import { administration } from '../accounts/administration.ts'
import { appealTokens } from '../accounts/appeal-tokens.ts'
import { PostgresLogArchive } from '../archive/log-archive.ts'
import type { Letter } from '../mail/mailer.ts'
import { testApp } from '../platform/http/testing.ts'
import { addGuest, addPerson } from '../platform/testing/people.ts'
import { recordingLog } from '../platform/testing/quiet-log.ts'
import { type TestDatabase, testDatabase } from '../platform/testing/test-database.ts'
import type { OpenRoom, OpenRooms } from '../rooms/open-rooms.ts'
import { streams } from '../streams/streams.ts'
import type { ModerationDeps } from './deps.ts'
import { moderation, type ModerationOptions } from './moderation.ts'

export type Told = { userId: string } & Omit<Notice, 'id' | 'at' | 'readAt'>

/** A room that writes down what it is asked. */
export function listeningRoom(roomId: string, channelId: string, hostId = '') {
  const asked: string[] = []
  const room: OpenRoom = {
    roomId,
    channelId,
    hostId,
    refreshStanding: (userId) => void asked.push(`refresh ${userId}`),
    refreshChannel: () => void asked.push('channel'),
    purge: (userId) => void asked.push(`purge ${userId}`),
    removeLines: (ids) => void asked.push(`remove ${ids.join(' ')}`),
    restoreLines: (lines) => void asked.push(`restore ${lines.map(({ id }) => id).join(' ')}`),
    dismiss: (userId) => void asked.push(`dismiss ${userId}`),
  }
  return { room, asked }
}

const secret = new TextEncoder().encode('a secret for tests, 32 bytes or more')

/** Notices and letters go into these lists. */
function writtenDown(
  notices: Told[],
  letters: Letter[],
): Pick<ModerationOptions, 'mail' | 'notices'> {
  return {
    mail: {
      mailer: {
        goesTo: { kind: 'folder', path: 'nowhere' },
        send: async (letter) => void letters.push(letter),
      },
      publicUrl: 'https://odeon.example',
    },
    notices: {
      postIn: async (_sql, userIds, notice) => {
        const told = userIds.map((userId) => ({ userId, ...notice }))
        return () => void notices.push(...told)
      },
    },
  }
}

export async function moderationBench() {
  const database = await testDatabase()
  const { log, lines } = recordingLog()
  let offsetMs = 0
  const world = { now: () => Date.now() + offsetMs, newId: v7 }
  const notices: Told[] = []
  const rooms: OpenRoom[] = []
  const openRooms = roomsIn(rooms)
  const deps: Omit<ModerationDeps, 'effects'> = {
    database,
    world,
    log,
    openRooms,
  }
  const { sql } = database
  const suspended: string[] = []
  const admins = administration({
    em: database.em,
    world,
    log,
    adminEmails: [],
    changed: () => {},
    endAll: async () => {},
    putOut: async (userId) => void suspended.push(userId),
    carryOut: (ids) => desk.carryOut(ids),
  })
  const someStreams = streams({ database, world, channels: { ensure: async () => null } })
  const archive = new PostgresLogArchive({ database, log, now: world.now })
  const letters: Letter[] = []
  const tokens = appealTokens(secret, world.now)
  const desk = moderation({
    ...deps,
    appealTokens: tokens,
    ...writtenDown(notices, letters),
    administration: admins,
    streams: someStreams,
    archive,
    reviewers: { allowLoopback: true },
  })
  const known = new Map<string, Identity>()
  const app = await testApp({
    endpoints: desk.endpoints,
    authenticate: async (token) => {
      const person = known.get(token)
      if (!person) throw new TokenRefused('unknown')
      const { userId, name, kind, platformRole } = person
      return { userId, name, kind, platformRole, sid: 'sid' }
    },
  })
  const house = (handle: string) => openHouse(database, handle)
  return {
    database,
    deps,
    world,
    lines,
    notices,
    rooms,
    house,
    moderation: desk,
    admins,
    streams: someStreams,
    suspended,
    letters,
    appealTokens: tokens,
    /** Status and body of an answer; `as` is whoever asks. */
    call: async (method: string, path: string, as?: Identity, json?: unknown) => {
      if (as) known.set(as.userId, as)
      const headers = as ? { authorization: `Bearer ${as.userId}` } : undefined
      const response = await app.fetch(`/v1${path}`, { method, json, headers })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
    person: (name: string, more?: Parameters<typeof addPerson>[2]) =>
      addPerson(database, name, more),
    guest: (name: string) => addGuest(database, name),
    pass: (ms: number) => {
      offsetMs += ms
    },
    /** A line in the archive of a stream. */
    say: async (
      streamId: string,
      seq: number,
      of: { userId: string; name: string },
      text: string,
    ) => {
      const entry = { seq, at: seq, id: `m${seq}`, from: { id: of.userId, name: of.name }, text }
      await sql`
        insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
        values (${`live_${streamId}`}, ${seq}, 1, now(), 'chat.posted', ${of.userId},
          ${JSON.stringify(entry)})`
    },
    archived: async (streamId: string) => {
      const rows = await sql<{ entry: Record<string, unknown> }>`
        select entry from log_entries where room_id = ${`live_${streamId}`} order by seq`
      return rows.map((row) => row.entry)
    },
  }
}

type House = Awaited<ReturnType<Awaited<ReturnType<typeof moderationBench>>['house']>>
type Named = { userId: string; name: string }

/** An action in a channel, as a room hands it in. */
export function actionOf(
  house: House,
  by: Named,
  kind: NewAction['kind'],
  target: Named | null,
  more: Partial<NewAction> = {},
): NewAction {
  return {
    kind,
    channelId: house.channelId,
    streamId: house.streamId,
    by: { id: by.userId, name: by.name, role: 'moderator' },
    target: target && { id: target.userId, name: target.name },
    reason: null,
    ...more,
  }
}

/** A channel of somebody new with a stream and a moderator. */
async function openHouse(database: TestDatabase, handle: string) {
  const { sql } = database
  const [host, moderator] = [
    await addPerson(database, handle),
    await addPerson(database, `${handle}_mod`),
  ]
  const [channelId, streamId] = [v7(), v7()]
  const now = new Date()
  await sql`
    insert into channels (id, owner_id, handle, name, created_at, updated_at)
    values (${channelId}, ${host.userId}, ${handle}, ${handle}, ${now}, ${now})`
  await sql`
    insert into streams (id, channel_id, host_id, title, created_at)
    values (${streamId}, ${channelId}, ${host.userId}, 'On', ${now})`
  await sql`
    insert into channel_moderators (channel_id, user_id, granted_at)
    values (${channelId}, ${moderator.userId}, ${now})`
  return { host, moderator, channelId, streamId, handle }
}

function roomsIn(rooms: OpenRoom[]): OpenRooms {
  return {
    all: () => rooms,
    ofChannel: (channelId) => rooms.filter((room) => room.channelId === channelId),
    me: (userId) => rooms.find((room) => room.roomId === `me_${userId}`),
    byId: (roomId) => rooms.find((room) => room.roomId === roomId),
    watch: () => {},
  }
}
