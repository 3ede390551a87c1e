/** What a crowd of taps costs, as a table and against its bars. */
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import type { ReactionsRun } from '../odeon/run-reactions.ts'

export const reactionsBars = {
  likesPerSLeast: 200_000,
  miscountedMost: 0,
  echoedTimesLeast: 500,
} as const

const of = (runs: ReactionsRun[], figure: keyof ReactionsRun): number =>
  median(runs.map((run) => run[figure]))

const echoedTimes = (runs: ReactionsRun[]): number =>
  of(runs, 'echoedBytesPerS') / of(runs, 'bytesPerS')

const megabytes = (bytes: number): string =>
  bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB/s` : `${(bytes / 1e9).toFixed(1)} GB/s`

export function reactionsTable(runs: ReactionsRun[]): string {
  const most = Math.max(...runs.map(({ miscounted }) => miscounted))
  const times = Math.round(echoedTimes(runs)).toLocaleString('en')
  const { likesPerSLeast, echoedTimesLeast } = reactionsBars
  const thousands = (figure: keyof ReactionsRun) => `${(of(runs, figure) / 1_000).toFixed(1)} k/s`
  const share = `${Math.round(of(runs, 'serverShare') * 100)} % of a core`
  const rate = of(runs, 'framesPerViewerS').toFixed(1)
  const beat = of(runs, 'framesPerViewerSMost')
  return markdown([
    ['', 'measured', 'goal'],
    ['likes taken', thousands('likesPerS'), `≥ ${likesPerSLeast / 1_000} k/s`],
    ['in messages of ten', thousands('messagesPerS'), ''],
    ['miscounted, in any run', String(most), '0'],
    ['frames to each viewer', `${rate} a second`, `≤ ${beat}, the beat`],
    ['bytes to all viewers', megabytes(of(runs, 'bytesPerS')), ''],
    ['bytes if each message were passed on', megabytes(of(runs, 'echoedBytesPerS')), ''],
    ['so many times fewer', `${times}×`, `≥ ${echoedTimesLeast}×`],
    ['server', share, ''],
  ])
}

export function reactionsMisses(runs: ReactionsRun[]): string[] {
  const { likesPerSLeast, echoedTimesLeast, miscountedMost } = reactionsBars
  const most = Math.max(...runs.map(({ miscounted }) => miscounted))
  const isTaken = of(runs, 'likesPerS') >= likesPerSLeast
  const isOnBeat = runs.every((run) => run.framesPerViewerS <= run.framesPerViewerSMost)
  const misses: [boolean, string][] = [
    [!isTaken, `less than ${likesPerSLeast} likes/s taken`],
    [most > miscountedMost, 'likes were lost or counted twice'],
    [!isOnBeat, 'more frames than the beat allows'],
    [!(echoedTimes(runs) >= echoedTimesLeast), `not ${echoedTimesLeast} times less than an echo`],
  ]
  return misses.flatMap(([isMissed, what]) => (isMissed ? [what] : []))
}
