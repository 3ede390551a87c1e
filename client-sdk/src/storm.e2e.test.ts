import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import type { ChatPosted, Discontinuity, LiveConnection } from './index.ts'
import { Odeon, Refusal } from './index.ts'
import { type Dice, dice } from './testing/dice.ts'
import { type FlakyLine, flakyLine } from './testing/flaky-line.ts'
import { postedIn } from './testing/posted-in.ts'

type Span = [from: number, to: number]

interface Storm {
  guests: number
  messagesEach: number
  awayMs: Span
  calmMs: Span
  /** Between two messages of a guest; the room takes three a second. */
  pauseMs: Span
  /** Of a hundred outages, those in which the line goes silent instead of breaking. */
  silentPercent: number
}

/** The long form takes the real times; the short one the same counts in a tenth of the time. */
const isLong = process.env.ODEON_STORM === 'long'
const storm: Storm = {
  guests: 50,
  messagesEach: 40,
  awayMs: isLong ? [1_000, 20_000] : [100, 2_000],
  calmMs: isLong ? [2_000, 15_000] : [2_000, 5_000],
  pauseMs: isLong ? [400, 2_500] : [340, 480],
  silentPercent: 5,
}
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Guest {
  name: string
  line: FlakyLine
  room: LiveConnection
  heard: ChatPosted[]
  gaps: Discontinuity[]
  /** Replies by the text that was sent. */
  posted: Map<string, ChatPosted>
  /** Texts that came too fast and were said again, behind others. */
  late: Set<string>
  outages: number
  resumptions: number
}

const lines: FlakyLine[] = []
let url: string
beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn' })).url
})
afterAll(() => Promise.all(lines.map((line) => line.close())))

/** A guest as sdk.md describes one, on a line of their own. */
async function arrive(name: string, streamId: string): Promise<Guest> {
  const line = await flakyLine(url)
  lines.push(line)
  const odeon = new Odeon(line.url, { commandDeadlineMs: 180_000 })
  await odeon.auth.guest({ name })
  const room = await odeon.live.join(streamId)
  const heard: ChatPosted[] = []
  const gaps: Discontinuity[] = []
  const said = { posted: new Map<string, ChatPosted>(), late: new Set<string>() }
  const guest = { name, line, room, heard, gaps, ...said, outages: 0, resumptions: 0 }
  room.on('chat.posted', (entry) => heard.push(entry))
  room.on('discontinuity', (gap) => gaps.push(gap))
  room.onConnection((connection) => {
    if (connection === 'live') guest.resumptions += 1
  })
  return guest
}

/** Resolves, with the answers to come, when everything was said. */
async function chat(guest: Guest, random: Dice): Promise<Promise<void>[]> {
  const sends: Promise<void>[] = []
  for (let n = 0; n < storm.messagesEach; n++) {
    sends.push(say(guest, `${guest.name} says ${n}`))
    await wait(random.within(storm.pauseMs))
  }
  return sends
}

/** "Too fast" is an answer like any other: nothing was posted, and it says when to try again. */
async function say(guest: Guest, text: string): Promise<void> {
  try {
    const entry = postedIn(await guest.room.chat.send(text))
    expect(guest.posted.has(text)).toBe(false)
    guest.posted.set(text, entry)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'rate_limited') throw error
    guest.late.add(text)
    await wait(error.retryAfterMs ?? 500)
    await say(guest, text)
  }
}

async function weather(guest: Guest, random: Dice, isOver: () => boolean): Promise<void> {
  await wait(random.within([0, 5_000]))
  while (!isOver()) {
    guest.outages += 1
    if (random.within([0, 100]) < storm.silentPercent) guest.line.freeze()
    else guest.line.cut()
    await wait(random.within(storm.awayMs))
    guest.line.mend()
    await wait(random.within(storm.calmMs))
  }
}

const facts = (entries: readonly ChatPosted[]) =>
  entries.map(({ seq, id, text, from }) => ({ seq, id, text, from: from.name }))

async function archived(host: Odeon, streamId: string): Promise<ChatPosted[]> {
  const all: ChatPosted[] = []
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const page = await host.streams.log(streamId, { limit: 100, before })
    all.unshift(...page.entries.flatMap((entry) => (entry.type === 'chat.posted' ? [entry] : [])))
    before = page.entries[0]?.seq ?? 0
    if (!page.more) return all
  }
}

test('[SDK-18] 50 guests, 2,000 messages, random outages: one log, the same for everybody', async () => {
  const random = dice()
  process.stdout.write(`storm with ODEON_SEED=${random.seed}\n`)
  const owner = new Odeon(url)
  await owner.auth.register({
    // Another one when it is tried again.
    username: `storm_${random.seed}`,
    email: `storm_${random.seed}@odeon.test`,
    password: 'correct horse battery',
  })
  const stream = await owner.streams.create({ title: 'Storm' })
  const host = await owner.live.join(stream.id)
  const hostHeard: ChatPosted[] = []
  host.on('chat.posted', (entry) => hostHeard.push(entry))
  await host.start()
  const guests: Guest[] = []
  for (let n = 1; n <= storm.guests; n++) guests.push(await arrive(`guest ${n}`, stream.id))

  let isOver = false
  const storms = guests.map((guest) => weather(guest, dice(random.next() * 2 ** 31), () => isOver))
  const talks = guests.map((guest) => chat(guest, dice(random.next() * 2 ** 31)))
  const sends = (await Promise.all(talks)).flat()
  isOver = true
  await Promise.all([...storms, ...sends])

  const total = storm.guests * storm.messagesEach
  await vi.waitFor(() => expect(hostHeard).toHaveLength(total), 10_000)
  const last = hostHeard.at(-1)?.seq
  await vi.waitFor(
    () => expect(guests.every(({ heard }) => heard.at(-1)?.seq === last)).toBe(true),
    { timeout: 40_000, interval: 200 },
  )

  // The log itself: every message once, numbered without a hole, each sender's in their order.
  const log = facts(hostHeard)
  expect(new Set(log.map(({ text }) => text)).size).toBe(total)
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => (log[0]?.seq ?? 0) + index))
  for (const { name, late } of guests) {
    const own = log.filter(({ from, text }) => from === name && !late.has(text))
    const inOrder = own.map(({ text }) => Number(text.split(' ').at(-1)))
    expect(inOrder, name).toEqual(inOrder.toSorted((one, other) => one - other))
  }
  // The same for every guest and in the archive; every send resolved with its one entry.
  for (const { name, heard, gaps, posted } of guests) {
    expect(gaps, name).toEqual([])
    expect(facts(heard), name).toEqual(log)
    expect(facts([...posted.values()].sort((a, b) => a.seq - b.seq))).toEqual(
      log.filter(({ from }) => from === name),
    )
  }
  await vi.waitFor(async () => expect(facts(await archived(owner, stream.id))).toEqual(log), 10_000)

  // And there was a storm at all.
  const outages = guests.reduce((sum, guest) => sum + guest.outages, 0)
  const resumptions = guests.reduce((sum, guest) => sum + guest.resumptions, 0)
  process.stdout.write(`${total} messages, ${outages} outages, ${resumptions} resumptions\n`)
  expect(outages).toBeGreaterThan(storm.guests * 2)
  expect(guests.filter((guest) => guest.resumptions > 0).length).toBeGreaterThan(storm.guests * 0.9)
  await Promise.all([host, ...guests.map(({ room }) => room)].map((room) => room.leave()))
}, 900_000)
