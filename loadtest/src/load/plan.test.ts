import { expect, test } from 'vitest'
import { allScenarios, findScenario } from '../scenarios/find-scenario.ts'
import { helpText } from './help.ts'
import { planBounds, readPlan } from './plan.ts'
import { serverUnderLoad } from './server-under-load.ts'

const seed = () => 42
const plan = (...args: string[]) => readPlan(args, seed)

test('[LOD-09] a plan without words is the usual one, and every figure has its bounds', () => {
  expect(plan()).toMatchObject({
    room: 'live',
    scenario: 'steady',
    viewers: 2_000,
    chatPerS: 50,
    seconds: 60,
    seed: 42,
    targets: {},
  })
  expect(() => plan('--viewers', '7')).toThrow('--viewers must be a whole number from 20 to 200000')
  expect(() => plan('--seconds', 'many')).toThrow('--seconds must be')
  expect(() => plan('--client', 'fast')).toThrow('compiled or script')
  expect(plan('--p99-max-ms', '1000', '--seed', '9')).toMatchObject({
    seed: 9,
    targets: { p99MaxMs: 1_000 },
  })
  expect(plan('--help')).toBeUndefined()
})

test('[LOD-23] help says what is meant when nothing is said, and within which bounds', async () => {
  const help = await helpText()
  for (const [name, [least, most, usual]] of Object.entries(planBounds)) {
    const line = help.split('\n').find((one) => one.includes(`--${name} <n>`)) ?? ''
    expect(line).toContain(`${least} to ${most}; ${usual} when not given`)
  }
  expect(help).toMatch(/--room <kind>.*live when not given/)
  expect(help).toMatch(/--scenario <name>.*steady when not given/)
  for (const [name, { title }] of await allScenarios())
    expect(help).toContain(`  ${name.padEnd(21)}${title}`)
})

test('[LOD-13] every scenario is a file that says what it does and which rooms it suits', async () => {
  const scenarios = await allScenarios()
  expect(scenarios.map(([name]) => name)).toEqual([
    'join-storm',
    'mixed',
    'ramp',
    'reconnect-storm',
    'soak',
    'steady',
  ])
  for (const [, { title, rooms }] of scenarios) {
    expect(title).not.toBe('')
    expect(rooms.length).toBeGreaterThan(0)
  }
  await expect(findScenario('flood', 'live')).rejects.toThrow('join-storm, mixed, ramp')
})

test('[LOD-02] a server elsewhere is loaded only by somebody who says that it is theirs', async () => {
  const elsewhere = { urls: ['https://odeon.example'], pids: [] }
  await expect(serverUnderLoad(elsewhere, () => {})).rejects.toThrow('--i-run-this-server')
  await expect(serverUnderLoad({ urls: ['nowhere'], pids: [] }, () => {})).rejects.toThrow('--url')
})

test('[LOD-18] several addresses of one house are loaded, when all of them may be', async () => {
  const urls = ['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:3']
  const words = ['--url', `${urls[0]},${urls[1]}`, '--url', urls[2] ?? '']
  expect(plan(...words)?.server.urls).toEqual(urls)
  const oneElsewhere = { urls: ['http://127.0.0.1:1', 'http://odeon.example'], pids: [] }
  await expect(serverUnderLoad(oneElsewhere, () => {})).rejects.toThrow('odeon.example is not')
})
