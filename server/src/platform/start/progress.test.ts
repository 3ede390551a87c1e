import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { progressOn } from './progress.ts'

function paper(isTTY: boolean) {
  const written: string[] = []
  return { written, output: { isTTY, columns: 60, write: (text: string) => written.push(text) } }
}
const gate = () => Promise.withResolvers<void>()

test('[RUN-24] elsewhere than on a terminal each step is a line when it begins and when it ends', async () => {
  const { written, output } = paper(false)
  const progress = progressOn(output)
  const [first, second] = [gate(), gate()]
  const steps = [
    progress.step('database', async (say) => {
      await first.promise
      say('there')
    }),
    progress.step('web app', () => second.promise),
  ]
  second.resolve()
  await steps[1]
  first.resolve()
  await steps[0]
  expect(written.map((line) => line.replace(/\d+\.\d/, 'N'))).toEqual([
    '  … database\n',
    '  … web app\n',
    '  ✓ web app       N s\n',
    '  ✓ database     there N s\n',
  ])
})

test('[RUN-24] a step that fails says so and passes the reason on', async () => {
  const { written, output } = paper(false)
  const failing = progressOn(output).step('database', () => Promise.reject(new Error('no disk')))
  await expect(failing).rejects.toThrow('no disk')
  expect(written.at(-1)).toMatch(/^ {2}✗ database +not done after \d/)
})

test('[RUN-24] on a terminal what runs stays in the last line, never wider than the window', async () => {
  const { written, output } = paper(true)
  const done = gate()
  const step = progressOn(output).step('database', async (say) => {
    say(`starting ${'very '.repeat(30)}slowly`)
    await done.promise
  })
  const lines = written.map((text) => stripVTControlCharacters(text).replaceAll('\r', ''))
  expect(lines.join('')).not.toContain('\n')
  expect(lines.at(-1)).toMatch(/^ {2}… database: starting very/)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60)
  done.resolve()
  await step
})
