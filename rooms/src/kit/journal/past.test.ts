/** What a journal says of a room equals the room, whenever its writer ends: seeded runs. */
import { schema, type SchemaType, t } from '@colyseus/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CountingMeter, countingWorld, MemoryArchive } from '../../testing/memory-ports.ts'
import { Members } from '../member.ts'
import { Memory } from '../memory.ts'
import type { Entry } from '../protocol.ts'
import { RoomLog } from '../room-log.ts'
import { Stage } from '../stage.ts'
import { StageSerializer } from '../stage-serializer.ts'
import { MemoryJournal } from './memory-journal.ts'
import { readPast, stateOf } from './past.ts'
import { RoomJournal } from './room-journal.ts'

const Card = schema({ label: t.string() }, 'PastCard')
type Card = SchemaType<typeof Card>
const Board = schema({ score: t.number().default(0), cards: t.map(Card) }, 'PastBoard')
type Board = SchemaType<typeof Board>
interface Line extends Entry {
  text: string
}

const step = fc.oneof(
  fc.record({ do: fc.constant('score' as const), by: fc.integer({ min: -9, max: 9 }) }),
  fc.record({ do: fc.constant('put' as const), key: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ do: fc.constant('drop' as const), key: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ do: fc.constant('say' as const), text: fc.string({ maxLength: 20 }) }),
  fc.record({ do: fc.constant('blank' as const), key: fc.nat(20) }),
  fc.record({ do: fc.constant('remember' as const), by: fc.nat(99) }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('hour' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const raise = (error: unknown) => {
  throw error as Error
}
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

interface Life {
  steps: Step[]
  /** Numbers that were reserved and never used. */
  skipped: number
}

async function openRoom(
  journal: MemoryJournal,
  { epoch, hasRelays, skipped }: { epoch: number; hasRelays: boolean; skipped: number },
) {
  const past = readPast(await journal.claim('r', epoch), raise)
  const clock = { now: 1_000 }
  const world = countingWorld(() => clock.now)
  const state = past === undefined ? new Board() : stateOf(past.state, new Board())
  const serializer = new StageSerializer<Board>()
  serializer.reset(state as never)
  const sameSince = skipped === 0 ? past?.sameSince : undefined
  const log = new RoomLog({ epoch, head: (past?.head ?? 0) + skipped, sameSince }, past?.log)
  const remembered = { value: 0 }
  const memory = new Memory(past?.memory)
  const { before = 0, changed } = memory.keep('value', () => remembered.value)
  remembered.value = before
  const kept = new RoomJournal({
    journal,
    roomId: 'r',
    log,
    past,
    memory,
    world,
    members: new Members(),
    logger: quiet,
    fullState: () => serializer.fullStateFrame(),
    done: () => [],
    fenced: () => {},
  })
  if (hasRelays) kept.took('relay', 1)
  const stage = new Stage({
    room: {
      id: 'r',
      kind: 'test',
    },
    serializer,
    world,
    log,
    keeper: kept.frames,
    archive: new MemoryArchive(),
    meter: new CountingMeter(),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
  })
  stage.stop()
  const remember = (by: number) => {
    remembered.value += by
    changed()
  }
  return { stage, state, clock, remember, remembered }
}

const plain = (state: Board) => JSON.parse(JSON.stringify(state.toJSON()))

async function play(steps: Step[], room: Awaited<ReturnType<typeof openRoom>>): Promise<void> {
  const { stage, state, clock, remember } = room
  for (const now of steps) {
    if (now.do === 'score') state.score += now.by
    else if (now.do === 'put') state.cards.set(`${now.key}`, new Card().assign({ label: 'x' }))
    else if (now.do === 'drop') state.cards.delete(`${now.key}`)
    else if (now.do === 'say') stage.announce<Line>('line', { text: now.text })
    else if (now.do === 'remember') remember(now.by)
    else if (now.do === 'hour') clock.now += 3_600_000
    else if (now.do === 'blank') {
      stage.amend(({ entry }) => (entry.seq === now.key ? { ...entry, text: '' } : undefined))
    } else {
      stage.flush()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  stage.flush()
  await new Promise((resolve) => setImmediate(resolve))
}

/** What readers at any place of any epoch are told, apart from the bytes. */
function toldAt(log: RoomLog): unknown[] {
  const places = Array.from({ length: log.epoch + 1 }, (_, epoch) =>
    Array.from({ length: log.head + 2 }, (__, seq) => ({ epoch, seq })),
  )
  return places.flat().map((place) => {
    const { frames, ...said } = log.after(place)
    return { place, ...said, count: frames.length }
  })
}

test('[JRN-25] [REL-16] a successor has state, log and memory as they were, time and again', async () => {
  const steps = fc.array(step, { maxLength: 25 })
  const skipped = fc.constantFrom(0, 0, 7)
  const lives = fc.array(fc.record<Life>({ steps, skipped }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(lives, fc.boolean(), async (all, hasRelays) => {
      const journal = new MemoryJournal()
      for (const [at, life] of all.entries()) {
        const { skipped } = life
        const room = await openRoom(journal, { epoch: at + 1, hasRelays, skipped })
        await play(life.steps, room)
        const past = readPast(await journal.read('r'), raise)
        const isUntouched = past === undefined || past.epoch < at + 1
        if (isUntouched) continue
        expect(plain(stateOf(past.state, new Board()))).toEqual(plain(room.state))
        expect(past.head).toBe(room.stage.log.head)
        expect(past.log.map(({ entry }) => entry)).toEqual(
          room.stage.log.backlog(1_000, 1e9).map(({ entry }) => entry),
        )
        expect(past.memory['value'] ?? 0).toBe(room.remembered.value)
        // [REL-16] Whoever begins here, wherever the epoch has got to, tells readers the same.
        expect(toldAt(new RoomLog(past, past.log))).toEqual(toldAt(room.stage.log))
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  )
})
