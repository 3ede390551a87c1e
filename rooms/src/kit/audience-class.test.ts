// Classes of an audience: what each sees of a state, and that nobody is sent what is not theirs.
import { inflateRawSync, constants } from 'node:zlib'
import { type SchemaType, schema, t } from '@colyseus/schema'
import { expect, test, vi } from 'vitest'
import { FakeViewer } from '../testing/fake-viewer.ts'
import { CountingMeter, countingWorld, MemoryArchive } from '../testing/memory-ports.ts'
import type { Audience } from './audience-class.ts'
import { FrameBytes } from './deflate/frame-bytes.ts'
import type { Frame } from './frame.ts'
import type { Member } from './member.ts'
import type { Role } from './protocol.ts'
import { RoomLog } from './room-log.ts'
import { Stage } from './stage.ts'
import { StageSerializer } from './stage-serializer.ts'
import { framesIn, messageFrame, websocketFrame } from './wire.ts'

const tags = { crew: 1, host: 2 } as const
const Card = schema(
  { name: t.string().default(''), note: t.string().default('').view(tags.crew) },
  'ClassCard',
)
type Card = SchemaType<typeof Card>
const Hand = schema({ answer: t.string().default('') }, 'ClassHand')
const Board = schema(
  {
    title: t.string().default(''),
    answer: t.string().default('').view(tags.host),
    first: t.ref(Card),
    cards: t.map(Card),
    hands: t.map(Hand).view(tags.host),
  },
  'ClassBoard',
)
type Board = SchemaType<typeof Board>

const audience: Audience<Board> = {
  classes: {
    crew: (view, { first }) => view.add(first, tags.crew),
    host(view, state) {
      view.add(state.first, tags.crew)
      view.add(state, tags.host)
    },
  },
  classOf: ({ role }) => ({ viewer: undefined, moderator: 'crew', host: 'host' })[role],
}

type Changeable = { -readonly [Field in keyof Member]: Member[Field] }

function open() {
  const state = new Board()
  state.first = new Card().assign({ name: 'first', note: 'note-0' })
  state.answer = 'secret-0'
  const serializer = new StageSerializer<Board>()
  serializer.reset(state as never)
  const frames: Frame[] = []
  const stage = new Stage({
    room: { id: 'r', kind: 'test' },
    serializer,
    archive: new MemoryArchive(),
    meter: new CountingMeter(),
    world: countingWorld(() => 1),
    log: new RoomLog({ epoch: 1, head: 0 }),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
    sinks: [{ frame: (frame) => void frames.push(frame) }],
    audience,
  })
  stage.stop()
  const viewers: FakeViewer<Board>[] = []
  const join = (role: Role) => {
    const facts = { id: `m${viewers.length}`, name: role, role, kind: 'account', joinedAt: 0 }
    const member = facts as Changeable
    const viewer = new FakeViewer(member, new Board())
    const sent: Buffer[] = []
    const { socket } = viewer
    const write = socket.write.bind(socket)
    socket.write = (bytes: Buffer) => {
      sent.push(bytes)
      return write(bytes)
    }
    stage.greet(viewer.connection)
    stage.flush()
    viewers.push(viewer)
    return { member, viewer, bytes: () => Buffer.concat(sent).toString('latin1') }
  }
  return { state, serializer, stage, frames, join }
}

const seen = ({ viewer }: { viewer: FakeViewer<Board> }) => {
  viewer.read()
  const { title, answer, first, hands } = viewer.state
  const held = [...(hands?.values() ?? [])].map((hand) => hand.answer)
  return { title, answer, note: first?.note ?? '', hands: held }
}

test('[FRM-17] each class sees its own and what all see, whoever joined first, and no byte of the rest', () => {
  const { state, stage, join } = open()
  const early = [join('viewer'), join('moderator'), join('host')]
  state.title = 'title-1'
  state.answer = 'secret-1'
  state.first.note = 'note-1'
  state.hands.set('a', new Hand().assign({ answer: 'hand-a' }))
  stage.flush()
  state.hands.set('b', new Hand().assign({ answer: 'hand-b' }))
  stage.flush()
  state.first.note = 'note-2'
  stage.flush()
  const late = [join('viewer'), join('moderator'), join('host')]
  state.hands.get('a')?.assign({ answer: 'hand-c' })
  state.answer = 'secret-2'
  stage.flush()
  for (const [viewer, moderator, host] of [early, late]) {
    if (!viewer || !moderator || !host) expect.fail('three joined')
    const title = 'title-1'
    expect(seen(viewer)).toEqual({ title, answer: '', note: '', hands: [] })
    expect(seen(moderator)).toEqual({ title, answer: '', note: 'note-2', hands: [] })
    const hands = ['hand-c', 'hand-b']
    expect(seen(host)).toEqual({ title, answer: 'secret-2', note: 'note-2', hands })
    expect(viewer.bytes()).not.toMatch(/secret-|note-|hand-/)
    expect(moderator.bytes()).not.toMatch(/secret-|hand-/)
  }
})

test('[FRM-17] a class is encoded once, however many belong to it, and others are sent nothing', () => {
  const { state, serializer, stage, frames, join } = open()
  const { encoder } = serializer as unknown as { encoder: { encodeView(): Uint8Array } }
  for (let n = 0; n < 20; n += 1) join(n % 2 === 0 ? 'host' : 'moderator')
  const viewer = join('viewer')
  state.title = 'ready'
  stage.flush()
  const [kept, sent] = [frames.length, viewer.bytes()]
  const encodeView = vi.spyOn(encoder, 'encodeView')
  state.answer = 'for hosts alone'
  stage.flush()
  expect(encodeView).toHaveBeenCalledTimes(Object.keys(audience.classes).length)
  expect(viewer.bytes()).toBe(sent)
  // Neither recording nor relays hear of it.
  expect(frames.length).toBe(kept)
})

test('[FRM-17] who gets another role is sent the state as that class sees it, and no more of the old one', () => {
  const { state, stage, join } = open()
  const promoted = join('viewer')
  const demoted = join('host')
  promoted.member.role = 'host'
  demoted.member.role = 'viewer'
  state.answer = 'secret-1'
  state.title = 'changed'
  stage.flush()
  stage.flush()
  expect(seen(promoted)).toMatchObject({ title: 'changed', answer: 'secret-1' })
  expect(seen(demoted).title).toBe('changed')
  expect(demoted.bytes()).not.toContain('secret-1')
})

test('[FRM-13] [FRM-17] what a class sees of its own is a message of its own, also where it is deflated', () => {
  const patch = websocketFrame(Buffer.from('what all see, '.repeat(50)))
  const entry = messageFrame('line', { text: 'a line of the log' })
  const own = new Map([['host', websocketFrame(Buffer.from('what hosts see, '.repeat(50)))]])
  const chunk = Buffer.concat([patch, entry])
  const frame = new FrameBytes({ epoch: 1, head: 1, entries: [], patch, own, chunk }, true)
  const count = { thinned: 0 }
  const read = (takesDeflated: boolean, role: string | undefined) => {
    const bytes = frame.for({ isThin: false, takesDeflated, audience: role }, count)
    return framesIn(bytes).map(({ frame: one, payload }) => {
      if (one[0] === 0x82) return payload.toString()
      const packed = Buffer.concat([payload, Buffer.from([0, 0, 0xff, 0xff])])
      return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
    })
  }
  const [all, said] = framesIn(chunk).map(({ payload }) => payload.toString())
  const hosts = 'what hosts see, '.repeat(50)
  for (const takesDeflated of [false, true]) {
    expect(read(takesDeflated, undefined)).toEqual([all, said])
    expect(read(takesDeflated, 'crew')).toEqual([all, said])
    expect(read(takesDeflated, 'host')).toEqual([all, hosts, said])
  }
})
