/** The end of a load run: everybody gets level, and some join who were never there. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from './assemble.ts'
import type { LoadMember } from './member.ts'

const lateMembers = 2
const lateLines = 3
const settleMsMax = 60_000

/**
 * Until everybody has all that was accepted, or the time is over; the invariants then say so. Then
 * some join who were never there, and say something at which all compare their states.
 */
export async function settle(run: Run): Promise<LoadMember[]> {
  await level(run, run.members)
  run.shared.looksAtAll = true
  const late: LoadMember[] = []
  for (let n = 1; n <= lateMembers; n += 1) {
    late.push(await run.room.join(`late member ${n}`, run.ledger))
  }
  const [first] = run.members
  for (let line = 0; line < lateLines; line += 1) if (first) await run.talk.sayOne(first)
  await level(run, [...run.members, ...late])
  return late
}

async function level({ crowd, members: ours }: Run, members: LoadMember[]): Promise<void> {
  const until = performance.now() + settleMsMax
  const accepted = ours.reduce((sum, { said }) => sum + said.accepted.size, 0)
  for (;;) {
    const { heads, away, joining, open } = await crowd.mark()
    const head = Math.max(0, ...members.map((member) => member.head))
    const areLevel = members.every((member) => member.head === head)
    const haveAll = ours.every(({ heard }) => heard.size >= accepted)
    const viewersToo = open === 0 || (heads.least === head && heads.reading === 0)
    if (areLevel && haveAll && viewersToo && away + joining === 0) return
    if (performance.now() > until) return
    await sleep(100)
  }
}
