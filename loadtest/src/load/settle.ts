/** The end of a load run: everybody gets level, and some join who were never there. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from './assemble.ts'
import type { LoadMember } from './member.ts'
import { saying } from './saying.ts'

const lateMembers = 2
const lateLines = 3
const settleMsMax = 60_000

/**
 * Until everybody has all that was accepted, or the time is over; the invariants then say so. Then
 * some join who were never there, and say something at which all compare their states.
 */
export async function settle(run: Run, say: (line: string) => void): Promise<LoadMember[]> {
  await run.room.still?.()
  await level(run, run.members, say)
  run.shared.looksAtAll = true
  const late: LoadMember[] = []
  for (let n = 1; n <= lateMembers; n += 1) {
    late.push(await run.room.join(`late member ${n}`, run.ledger))
  }
  const [first] = run.members
  for (let line = 0; line < lateLines; line += 1) if (first) await run.talk.sayOne(first)
  await level(run, [...run.members, ...late], say)
  return late
}

async function level(run: Run, members: LoadMember[], say: (line: string) => void): Promise<void> {
  const until = performance.now() + settleMsMax
  let missing: string[] = []
  const got = async (): Promise<void> => {
    for (;;) {
      missing = await missingOf(run, members)
      if (missing.length === 0) return
      if (performance.now() > until) {
        say(`Not level after ${settleMsMax / 1_000} s: ${missing.join('; ')}.`)
        return
      }
      await sleep(100)
    }
  }
  const most = `at most ${settleMsMax / 1_000} s`
  await saying(got(), () => `everybody to be level, ${most}: ${missing.join('; ')}`, say)
}

/** What keeps them from being level, in words; empty when they are. */
async function missingOf({ crowd, members: ours }: Run, members: LoadMember[]): Promise<string[]> {
  const accepted = ours.reduce((sum, { said }) => sum + said.accepted.size, 0)
  const { heads, away, joining, open } = await crowd.mark()
  const head = Math.max(0, ...members.map((member) => member.head))
  const behind = members.filter((member) => member.head !== head).length
  const lacking = ours.filter(({ heard }) => heard.size < accepted).length
  const areViewersBehind = open > 0 && (heads.least !== head || heads.reading > 0)
  return [
    ...(behind > 0 ? [`${behind} of ${members.length} members are behind entry ${head}`] : []),
    ...(lacking > 0 ? [`${lacking} members lack some of ${accepted} lines`] : []),
    ...(areViewersBehind
      ? [`viewers are at ${heads.least} to ${heads.most} of ${head}, ${heads.reading} reading`]
      : []),
    ...(away + joining > 0 ? [`${away + joining} viewers are on the way`] : []),
  ]
}
