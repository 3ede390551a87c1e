import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeReport } from './load-report.ts'
import type { MemberLedger } from './member.ts'
import { mergeMarks } from './merge-marks.ts'
import type { Second } from './minute.ts'
import { readPlan } from './plan.ts'
import { askedAgainSaid, conclude } from './result.ts'
import type { Talk } from './talk.ts'
import { Times } from './timings.ts'

async function pageOf(askedAgain: number): Promise<string> {
  const { percentiles } = new Times()
  const second = { at: 1, askedAgain, cpuShares: [], rssBytes: [], generators: [] }
  const result = conclude({
    plan: readPlan(['--seed', '5'], () => 5)!,
    members: [],
    talk: { lines: 0, reactions: 0 } as Talk,
    ledger: { deliveries: new Times(), replies: new Times() } as MemberLedger,
    checks: { broken: [] },
    report: { ...mergeMarks([]), askedAgain },
    seconds: [{ ...second, viewers: percentiles, members: percentiles } as unknown as Second],
    findings: [],
    wasEnded: false,
  })
  const page = join(process.cwd(), writeReport(result, 'npm run load'))
  onTestFinished(async () => {
    for (const file of [page, page.replace('.html', '.json')]) await rm(file)
  })
  return await readFile(page, 'utf8')
}

test('[LOD-29] what was asked again is said with its number, and nothing when there was none', async () => {
  expect(askedAgainSaid({ askedAgain: 0 })).toBe('')
  expect(askedAgainSaid({ askedAgain: 1 })).toContain('asked again once')
  const page = await pageOf(1_200)
  expect(page).toContain('Viewers asked again 1,200 times for a guest or a seat')
  expect(page).toContain('guests and seats asked for again, in all')
  expect(await pageOf(0)).not.toContain('again')
})

test('[LOD-33] of a run of one second every figure is a mark that can be seen', async () => {
  const page = await pageOf(3)
  expect(page).toMatch(/<circle r="3" fill="#\w+" cx="[\d.]+" cy="[\d.]+"\/>/)
  expect(page).not.toMatch(/points="[^" ]*"/)
})
