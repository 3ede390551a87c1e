/** What an action may do beside announcing: words to some, roles, amended entries. */
import { matchMaker } from '@colyseus/core'
import { type SchemaType, schema, t } from '@colyseus/schema'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { memoryPorts } from '../testing/memory-ports.ts'
import { join, type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { type CommandTable, command, everyone, type Scope } from './command.ts'
import type { Member } from './member.ts'
import { OdeonRoom } from './odeon-room.ts'
import type { Entry, Role } from './protocol.ts'
import { seatAuth } from './seat-auth.ts'

const State = schema({ count: t.number().default(0) }, 'State')
type State = SchemaType<typeof State>
interface Events {
  said: Entry & { text: string }
}
type TestScope = Scope<State, Events>

const ports = memoryPorts()
const rights: Record<string, Role> = { boss: 'host', mod: 'moderator' }

class OpenRoom extends OdeonRoom<State, Events, TestScope> {
  static override onAuth = seatAuth(ports)
  override autoDispose = false
  protected override readonly ports = ports
  kit!: TestScope
  protected override readonly commands: CommandTable<TestScope> = {
    say: command({
      shape: z.object({ text: z.string() }),
      may: everyone,
      action: (scope, _member, { text }) => scope.announce('said', { text }),
    }),
    rule: command({ shape: z.object({}), may: ['moderator', 'host'], action: () => 'ruled' }),
  }
  protected override openState = () => Promise.resolve(new State())
  protected override openScope(kit: TestScope) {
    this.kit = kit
    return kit
  }
  protected override admit = (identity: { userId: string }) =>
    Promise.resolve({ role: rights[identity.userId] ?? 'viewer' } as const)
  protected override standingOf = (member: Member) =>
    member.role === 'viewer' ? { stars: 3 } : undefined
}

let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({ open: OpenRoom }, ports)
})
afterAll(() => server.stop())

async function open(
  ...tokens: string[]
): Promise<{ kit: TestScope; people: Joined[]; id: string }> {
  const { roomId } = await matchMaker.createRoom('open', {})
  const people: Joined[] = []
  for (const token of tokens) people.push(await join(server.url, roomId, token, {}))
  return { kit: (matchMaker.getLocalRoomById(roomId) as OpenRoom).kit, people, id: roomId }
}
const wordsOf = ({ told }: Joined) =>
  told.filter(({ type }) => type !== 'room.welcome').map(({ type }) => type)

it('[KIT-12] words to one member or to the crew reach their sockets alone, behind the frame', async () => {
  const { kit, people } = await open('user:boss', 'user:mod', 'user:ann', 'user:ann', 'user:bob')
  const [boss, mod, ann, tab, bob] = people as [Joined, Joined, Joined, Joined, Joined]
  kit.tell('ann', 'psst', { text: 'you' })
  kit.tellCrew('crew', { text: 'us' })
  kit.tell('nobody', 'psst', {})
  kit.announce('said', { text: 'all' })
  await vi.waitFor(() => {
    for (const one of [boss, mod]) expect(wordsOf(one)).toEqual(['said', 'crew'])
    for (const one of [ann, tab]) expect(wordsOf(one)).toEqual(['said', 'psst'])
    expect(wordsOf(bob)).toEqual(['said'])
  })
})

it('[KIT-13] another role holds at once, for every socket; coming again brings the role of then', async () => {
  const { kit, people, id } = await open('user:boss', 'user:ann')
  const [, ann] = people as [Joined, Joined]
  const rule = () => ann.room.request('rule', {})
  await expect(rule()).rejects.toMatchObject({ reason: { code: 'not_allowed' } })
  expect(kit.setRole('ann', 'moderator')).toBe(true)
  expect(await rule()).toBe('ruled')
  kit.tellCrew('crew', {})
  await vi.waitFor(() => expect(wordsOf(ann)).toEqual(['crew']))
  // Asked anew, the record says viewer.
  await join(server.url, id, 'user:ann', {})
  await expect(rule()).rejects.toMatchObject({ reason: { code: 'not_allowed' } })
  expect(kit.setRole('nobody', 'host')).toBe(false)
})

it('[KIT-14] work behind a frame runs when everybody has been sent it, also when nothing was', async () => {
  const { kit, people } = await open('user:ann')
  const seen: string[] = []
  kit.announce('said', { text: 'first' })
  kit.afterFrame(() => seen.push('after'))
  await vi.waitFor(() => expect(seen).toEqual(['after']))
  kit.afterFrame(() => seen.push('idle'))
  await vi.waitFor(() => expect(seen).toEqual(['after', 'idle']))
  expect(wordsOf(people[0] as Joined)).toEqual(['said'])
})

it('[KIT-15] how a person stands travels with their welcome', async () => {
  const { people } = await open('user:ann', 'user:boss')
  expect(people.map(({ welcome }) => welcome.standing)).toEqual([{ stars: 3 }, undefined])
})

it('[LOG-07] an amended entry is what joiners, gaps and the archive get; its number stays', async () => {
  const { kit, id } = await open('user:ann')
  for (const text of ['one', 'two', 'three']) kit.announce('said', { text })
  const before = kit.amend(({ entry }) =>
    entry['text'] === 'two' ? { ...entry, text: '', removed: true } : undefined,
  )
  expect(before.map(({ entry }) => entry['text'])).toEqual(['two'])
  const amended = { seq: 2, text: '', removed: true }
  const late = await join(server.url, id, 'user:late', {})
  expect(late.told.slice(1).map(({ payload }) => payload['text'])).toEqual(['one', '', 'three'])
  const read = { epoch: late.welcome.epoch, after: 1 }
  await late.room.request('log.read', read)
  expect(late.told.at(-2)?.payload).toMatchObject(amended)
  expect(ports.archive.records.get(id)?.[1]?.entry).toMatchObject(amended)
})

it('[LOG-08] amendments an archive could not take are given to it later, behind what they replace', async () => {
  const { kit, id } = await open('user:ann')
  ports.archive.isFull = true
  kit.announce('said', { text: 'one' })
  kit.amend(({ entry }) => ({ ...entry, text: 'mended' }))
  expect(ports.archive.records.get(id) ?? []).toEqual([])
  ports.archive.isFull = false
  await vi.waitFor(
    () => expect(ports.archive.records.get(id)?.[0]?.entry).toMatchObject({ text: 'mended' }),
    { timeout: 3_000 },
  )
})
