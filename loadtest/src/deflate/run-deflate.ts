/**
 * `npm run bench -- deflate`: the same state, renewed with every tick, sent plain, deflated once
 * for all, and deflated by `ws` for each socket.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Checkers } from '../checkers/checkers.ts'
import { Host, type HostName, hostKinds } from '../hosts/host.ts'
import { demandSame, sayOneLine } from '../line-check.ts'
import { usageOf } from '../load/process-watch.ts'
import { cores, pin } from '../machine.ts'
import type { Mark } from '../swarm/mark.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface DeflateOptions {
  repetitions: number
  viewers: number
  windowMs: number
  say: (line: string) => void
}

interface Setup {
  title: string
  host: HostName
  isDeflated: boolean
}

export const setups = {
  plain: { title: 'Odeon, `COMPRESSION=off`', host: 'odeon', isDeflated: false },
  shared: { title: 'Odeon, `COMPRESSION=on`', host: 'odeon', isDeflated: true },
  perSocket: { title: '`ws`, deflated for each socket', host: 'ws', isDeflated: true },
} as const satisfies Record<string, Setup>
export type SetupName = keyof typeof setups

export interface DeflateRun {
  setup: SetupName
  deliveriesPerCpuS: number
  bytesPerDelivery: number
  /** Bytes the server's process grew by from its first viewers to the end of the window. */
  memoryPerViewer: number
}

/** A room offers compression once it has many sockets; these come before and stay plain. */
const earlyViewers = 60
const checkersCount = 20
const warmMs = 1_000
const settleMsMax = 60_000
/** About 2 KB of patch. */
const supporters = 18

interface Rig {
  host: Host
  swarm: Swarm
  checkers: Checkers | undefined
}

export async function runDeflate(options: DeflateOptions): Promise<DeflateRun[]> {
  const runs: DeflateRun[] = []
  const names = Object.keys(setups) as SetupName[]
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const name of repetition % 2 === 0 ? names : names.toReversed()) {
      const run = await runOne(name, options)
      options.say(
        `${repetition + 1}/${options.repetitions}  ${setups[name].title.padEnd(32)} ` +
          `${Math.round(run.deliveriesPerCpuS)} deliveries a CPU-second, ` +
          `${Math.round(run.bytesPerDelivery)} bytes each`,
      )
      runs.push(run)
    }
  }
  return runs
}

async function runOne(name: SetupName, options: DeflateOptions): Promise<DeflateRun> {
  const { host: hostName, isDeflated } = setups[name]
  const host = await Host.startAlone(hostName, {
    SUPPORTERS: String(supporters),
    COMPRESSION: isDeflated ? 'on' : 'off',
  })
  const { dialect, upgrade } = hostKinds[hostName]
  const { port, seat, roomId } = host.ready
  const common = { address: `127.0.0.1:${port}`, dialect, seat, upgrade, joiningMax: 256 }
  const early = await Swarm.start(common)
  const offer = isDeflated ? { deflate: 1 as const } : {}
  const watched = { watchedPid: host.pid, first: 10_000 }
  const swarm = await Swarm.start({ ...common, ...offer, ...watched })
  for (const { process } of [early, swarm]) await pin(process.pid, cores.viewers)
  const opened: { stop(): Promise<void> }[] = [early, swarm, host]
  try {
    await early.open(earlyViewers)
    const empty = usageOf(host.pid)
    await mustOpen(swarm, options.viewers)
    const checkers =
      roomId === undefined ? undefined : await Checkers.join({ port, roomId, count: checkersCount })
    if (checkers !== undefined) opened.unshift(checkers)
    const measured = await saturate({ host, swarm, checkers }, options.windowMs)
    const full = usageOf(host.pid)
    const memoryPerViewer = ((full?.rssBytes ?? 0) - (empty?.rssBytes ?? 0)) / options.viewers
    const isAsAsked = measured.deflatedShare === (isDeflated ? 1 : 0)
    if (!isAsAsked) throw new Error(`${name}: ${measured.deflatedShare} of all came deflated`)
    return { setup: name, memoryPerViewer, ...measured }
  } finally {
    await Promise.all(opened.map((one) => one.stop()))
  }
}

async function mustOpen(swarm: Swarm, viewers: number): Promise<void> {
  const { failed, ends } = await swarm.open(viewers)
  if (failed > 0) throw new Error(`${failed} could not join: ${JSON.stringify(ends)}`)
}

async function saturate(rig: Rig, windowMs: number) {
  const { host, swarm } = rig
  // From one line of the log to the next the bytes of all patches are compared.
  if (rig.checkers !== undefined) await sayOneLine(rig)
  await swarm.reset()
  const before = await host.ask({ do: 'facts' })
  void host.ask({ do: 'saturate', perTick: 0, stateEvery: 1 })
  await sleep(warmMs)
  const start = await swarm.mark()
  await sleep(windowMs)
  const end = await swarm.mark()
  const after = await host.ask({ do: 'rest' })
  await settle(rig, after.stateTick - before.stateTick)
  if (rig.checkers !== undefined) await demandSame({ ...rig, checkers: rig.checkers })
  const deliveries = received(end) - received(start)
  return {
    deliveriesPerCpuS: deliveries / ((end.watchedCpuUs - start.watchedCpuUs) / 1e6),
    bytesPerDelivery: (end.bytes - start.bytes) / deliveries,
    deflatedShare: (end.deflated - start.deflated) / deliveries,
  }
}

/** States deflated or not; to `ws` alone everything is a message. */
const received = ({ patches, deflated, messages }: Mark): number => patches + deflated + messages

/** Every viewer must get every state. */
async function settle({ host, swarm }: Rig, changes: number): Promise<void> {
  const until = performance.now() + settleMsMax
  for (;;) {
    const mark = await swarm.mark()
    if (mark.gone > 0) throw new Error(`${host.name} closed sockets: ${JSON.stringify(mark.ends)}`)
    const expected = changes * mark.open
    if (received(mark) === expected) return
    if (received(mark) > expected || performance.now() > until) {
      throw new Error(`${host.name}: ${received(mark)} of ${expected} states came`)
    }
    await sleep(50)
  }
}
