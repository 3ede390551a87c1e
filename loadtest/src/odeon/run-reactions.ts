/**
 * `npm run bench -- reactions`: a crowd that taps as fast as it can, in a room that many watch.
 * What arrives is counted to the unit, and what leaves depends on the audience alone.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { frameIntervalMs } from '@odeon/rooms'
import { Checkers } from '../checkers/checkers.ts'
import { Host } from '../hosts/host.ts'
import { demandSame, type Readers, sayOneLine } from '../line-check.ts'
import { cores, pin } from '../machine.ts'
import { Swarm } from '../swarm/swarm.ts'

export interface ReactionsOptions {
  repetitions: number
  viewers: number
  /** Of the viewers, those who tap. */
  tappers: number
  likesPerS: number
  windowS: number
  say: (line: string) => void
}

export interface ReactionsRun {
  likesPerS: number
  messagesPerS: number
  /** Of what was sent, what the room did not count, or counted twice. */
  miscounted: number
  framesPerViewerS: number
  /** What the beat allows for such an audience. */
  framesPerViewerSMost: number
  bytesPerS: number
  echoedBytesPerS: number
  serverShare: number
}

/** The SDK folds the taps of a thumb into messages of up to ten. */
const likesPerMessage = 10
/** A frame `{ kind: 'heart', count: 10 }` named `reaction`, the least an echo could send. */
const echoBytes = 31
const checkersCount = 20
const settleMsMax = 60_000

export async function runReactions(options: ReactionsOptions): Promise<ReactionsRun[]> {
  const runs: ReactionsRun[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    const run = await runOne(options)
    options.say(
      `${repetition + 1}/${options.repetitions}  ${Math.round(run.likesPerS / 1_000)} k likes/s, ` +
        `${run.miscounted} miscounted, ${run.framesPerViewerS.toFixed(1)} frames/s a viewer, ` +
        `server ${Math.round(run.serverShare * 100)} % of its core`,
    )
    runs.push(run)
  }
  return runs
}

async function runOne(options: ReactionsOptions): Promise<ReactionsRun> {
  const host = await Host.startAlone('odeon')
  const { port, seat, roomId } = host.ready
  if (roomId === undefined) throw new Error('the server has no room')
  const swarm = await Swarm.start({
    address: `127.0.0.1:${port}`,
    seat,
    say: 'reaction.send',
    watchedPid: host.pid,
    joiningMax: 256,
  })
  await pin(swarm.process.pid, cores.viewers)
  const opened: { stop(): Promise<void> }[] = [swarm, host]
  try {
    const { failed, ends } = await swarm.open(options.viewers)
    if (failed > 0) throw new Error(`${failed} could not join: ${JSON.stringify(ends)}`)
    const checkers = await Checkers.join({ port, roomId, count: checkersCount })
    opened.unshift(checkers)
    return await tap({ host, swarm, checkers }, options)
  } finally {
    await Promise.all(opened.map((one) => one.stop()))
  }
}

async function tap(readers: Readers, options: ReactionsOptions): Promise<ReactionsRun> {
  const { host, swarm } = readers
  const { viewers, tappers, windowS } = options
  const perSecond = options.likesPerS / likesPerMessage
  await sayOneLine(readers)
  const before = await host.ask({ do: 'facts' })
  const start = await swarm.reset()
  const end = await swarm.talk({ talkers: tappers, perSecond, count: perSecond * windowS })
  const counted = (await allCounted(host, before.reactions + end.said * likesPerMessage)).reactions
  await demandSame(readers)
  const wallS = (end.ns - start.ns) / 1e9
  const likes = end.said * likesPerMessage
  return {
    likesPerS: likes / wallS,
    messagesPerS: end.said / wallS,
    miscounted: Math.abs(counted - before.reactions - likes),
    framesPerViewerS: end.patches / end.open / wallS,
    framesPerViewerSMost: 1_000 / frameIntervalMs(viewers),
    bytesPerS: end.bytes / wallS,
    echoedBytesPerS: (end.said / wallS) * viewers * echoBytes,
    serverShare: (end.watchedCpuUs - start.watchedCpuUs) / 1e6 / wallS,
  }
}

/** What was sent last is still on its way. */
async function allCounted(host: Host, expected: number) {
  const until = performance.now() + settleMsMax
  for (;;) {
    const facts = await host.ask({ do: 'facts' })
    if (facts.reactions >= expected || performance.now() > until) return facts
    await sleep(50)
  }
}
