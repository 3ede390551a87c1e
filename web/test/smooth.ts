/**
 * `npm run smooth [seconds] [rounds]`: a room with 100 lines a second in a real page, in turns
 * with an empty page under the same load: frames, what the main thread computes, what is kept.
 */
import type { LiveConnection } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { openScreenHouse, type ScreenHouse } from './screens/screen-house.ts'
import { flood, speakers } from './smooth/flood.ts'
import { installFrameClock, lateMs, measureSlice, type Slice } from './smooth/slice.ts'

const seconds = Number(process.argv[2] ?? 60)
const rounds = Number(process.argv[3] ?? 2)
const slicesPerVisit = 4
const busyMax = 0.15
/** Between the first and the last reading of a visit; a list that is full swings by this much. */
const growthMax = 0.1

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** One visit of a page, in slices. */
type Visit = Slice[]

async function visit(page: Page): Promise<Visit> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await installFrameClock(page)
  const slices: Slice[] = []
  for (let slice = 0; slice < slicesPerVisit; slice++) {
    slices.push(await measureSlice(page, session, seconds / slicesPerVisit))
  }
  await session.detach()
  return slices
}

async function openRoom(house: ScreenHouse): Promise<string> {
  const host = await house.account('nightowl')
  const { id } = await host.streams.create({ title: 'A hundred lines a second' })
  const stage = await house.enter(host, id)
  await stage.start()
  return id
}

function medianOf(slices: readonly Slice[], of: (slice: Slice) => number): number {
  const sorted = slices.map(of).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const sumOf = (slices: readonly Slice[], of: (slice: Slice) => number) =>
  slices.reduce((sum, slice) => sum + of(slice), 0)

const mostOf = (slices: readonly Slice[], of: (slice: Slice) => number) =>
  Math.max(0, ...slices.map(of))

const percent = (part: number) => `${(part * 100).toFixed(1)} %`

const rows: [string, (slices: readonly Slice[]) => string][] = [
  ['frames', (all) => `${sumOf(all, (one) => one.frames)}`],
  [`frames over ${lateMs} ms`, (all) => `${sumOf(all, (one) => one.late)}`],
  ['  in the median slice', (all) => `${medianOf(all, (one) => one.late)}`],
  ["  by the page's own work", (all) => `${sumOf(all, (one) => one.lateByPage)}`],
  ['longest frame, ms', (all) => mostOf(all, (one) => one.longestMs).toFixed(0)],
  ['main thread computes, median', (all) => percent(medianOf(all, (one) => one.busy))],
  ['  in the worst slice', (all) => percent(mostOf(all, (one) => one.busy))],
  ['  by the clock, median', (all) => percent(medianOf(all, (one) => one.busyByClock))],
  [`tasks over ${lateMs} ms by the clock`, (all) => `${sumOf(all, (one) => one.longTasks)}`],
  ['  that computed so long', (all) => `${sumOf(all, (one) => one.longTasksCpu)}`],
  ['longest task computed, ms', (all) => mostOf(all, (one) => one.longestTaskCpuMs).toFixed(1)],
  ['whole browser, cores, median', (all) => medianOf(all, (one) => one.browserCores).toFixed(2)],
]

function report(empty: readonly Slice[], room: readonly Slice[]): void {
  say(`${''.padEnd(32)}${'empty page'.padStart(12)}${'live room'.padStart(12)}`)
  for (const [name, cell] of rows) {
    say(`${name.padEnd(32)}${cell(empty).padStart(12)}${cell(room).padStart(12)}`)
  }
}

function reportKept(visits: readonly Visit[]): void {
  for (const [index, slices] of visits.entries()) {
    const heap = slices.map(({ heapMb }) => heapMb.toFixed(1)).join(' → ')
    const nodes = slices.map((one) => one.nodes).join(' → ')
    say(`visit ${index + 1}: heap ${heap} MB, DOM ${nodes} nodes`)
  }
}

function grows(slices: Visit, of: (slice: Slice) => number): boolean {
  const [first, last] = [slices[0], slices.at(-1)]
  return first !== undefined && last !== undefined && of(last) > of(first) * (1 + growthMax)
}

/** What of the promise does not hold; a machine that stalls alone breaks none of it. */
function broken(empty: readonly Slice[], visits: readonly Visit[]): string[] {
  const room = visits.flat()
  const late = (all: readonly Slice[]) => sumOf(all, (one) => one.lateByPage)
  return [
    late(room) > late(empty) ? 'Frames are late by the work of the page.' : '',
    sumOf(room, (one) => one.longTasksCpu) > 0 ? `A task computed over ${lateMs} ms.` : '',
    medianOf(room, (one) => one.busy) > busyMax
      ? `The main thread computes more than ${percent(busyMax)} of the time.`
      : '',
    visits.some((one) => grows(one, ({ heapMb }) => heapMb)) ? 'Memory grows.' : '',
    visits.some((one) => grows(one, ({ nodes }) => nodes)) ? 'The DOM grows.' : '',
  ].filter((text) => text !== '')
}

const house = await openScreenHouse(say)
try {
  const streamId = await openRoom(house)
  const guests = await Promise.all(
    Array.from({ length: speakers }, (_, i) => house.guest(`Guest ${i}`)),
  )
  const speaking: LiveConnection[] = []
  for (const guest of guests) speaking.push(await house.enter(guest, streamId))
  const context = await house.browserOf(undefined)
  const page = await context.newPage()

  const stop = flood(speaking)
  const empty: Visit[] = []
  const room: Visit[] = []
  for (let round = 0; round < rounds; round++) {
    await page.goto('about:blank')
    empty.push(await visit(page))
    await page.goto(`${house.url}/live/${streamId}`)
    // As many lines as the page keeps at most while it follows.
    await page.locator('.chat-lines li').nth(80).waitFor()
    room.push(await visit(page))
  }
  const { said, refused } = stop()

  say(`${rounds} × ${seconds} s of each in turns, ${said} lines said, ${refused} refused`)
  report(empty.flat(), room.flat())
  reportKept(room)
  const faults = broken(empty.flat(), room)
  for (const fault of faults) say(fault)
  if (faults.length === 0) say('The page adds no late frame, no long task and no growth.')
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await house.close()
}
// Rooms keep the place of a page that went; nobody comes back here.
process.exit()
