// The checks, checked: each must fail on the fault it is there for, and must see every file.
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sourceFiles } from './tidy.rules.ts'

const root = resolve(import.meta.dirname, '..')
const workspaces = ['rooms', 'client-sdk', 'server', 'web', 'loadtest']
const config = resolve(root, '.dependency-cruiser.mjs')

let fixture: string
beforeAll(() => {
  fixture = mkdtempSync(join(tmpdir(), 'odeon-checks-'))
})
afterAll(() => rmSync(fixture, { recursive: true, force: true }))

function write(folder: string, files: Record<string, string>): string {
  const at = join(fixture, folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true })
    writeFileSync(join(at, name), text)
  }
  return at
}

/** Runs an installed tool and gives back how it ended and all it said. */
function tool(name: string, args: string[], cwd: string): Promise<{ code: number; said: string }> {
  const bin = resolve(root, 'node_modules/.bin', name)
  const path = `${resolve(root, 'node_modules/.bin')}:${process.env.PATH}`
  const options = { cwd, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PATH: path } }
  return new Promise((done) => {
    execFile(bin, args, options, (error, out, err) => {
      done({ code: error ? Number(error.code) || 1 : 0, said: out + err })
    })
  })
}

interface Cruise {
  modules: { source: string }[]
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[]
    ruleSetUsed: { forbidden: { name: string }[] }
  }
}

async function cruise(cwd: string, folders: string[]): Promise<Cruise> {
  const { said } = await tool('depcruise', ['--config', config, '-T', 'json', ...folders], cwd)
  return JSON.parse(said.slice(said.indexOf('{'))) as Cruise
}

const wrongArrows: [rule: string, from: string, to: string][] = [
  ['web-uses-the-sdk', 'web/src/a.ts', 'server/src/config.ts'],
  ['web-uses-the-sdk', 'web/src/b.ts', 'rooms/src/index.ts'],
  ['web-uses-the-sdk', 'web/src/c.ts', 'rooms/src/chat/protocol.ts'],
  ['web-uses-the-sdk', 'web/src/d.ts', 'loadtest/src/load.ts'],
  ['loadtest-uses-the-sdk', 'loadtest/src/a.ts', 'server/src/config.ts'],
  ['loadtest-uses-the-sdk', 'loadtest/src/b.ts', 'rooms/src/ports.ts'],
  ['bench-hosts-rooms-by-the-door', 'loadtest/src/odeon/a.ts', 'rooms/src/kit/stage.ts'],
  ['bench-hosts-rooms-by-the-door', 'loadtest/src/odeon/b.ts', 'server/src/config.ts'],
  ['sdk-knows-the-wire-only', 'client-sdk/src/a.ts', 'rooms/src/index.ts'],
  ['sdk-knows-the-wire-only', 'client-sdk/src/b.ts', 'server/src/config.ts'],
  ['sdk-knows-the-wire-only', 'client-sdk/src/c.ts', 'web/src/page.ts'],
  ['rooms-stand-alone', 'rooms/src/chat/a.ts', 'server/src/config.ts'],
  ['rooms-stand-alone', 'rooms/src/chat/b.ts', 'client-sdk/src/index.ts'],
  ['server-enters-rooms-by-the-door', 'server/src/a.ts', 'rooms/src/kit/stage.ts'],
  ['server-enters-rooms-by-the-door', 'server/src/b.ts', 'client-sdk/src/index.ts'],
  ['kit-knows-no-capability', 'rooms/src/kit/a.ts', 'rooms/src/chat/protocol.ts'],
  ['protocol-is-shapes-only', 'rooms/src/poll/protocol.ts', 'rooms/src/chat/state.ts'],
  ['wire-entry-holds-no-state', 'rooms/src/protocol.ts', 'rooms/src/chat/state.ts'],
  ['wire-entry-holds-types-of-state-only', 'rooms/src/protocol.ts', 'rooms/src/kit/stage.ts'],
  ['protocol-needs-zod-only', 'rooms/src/quiz/protocol.ts', 'node_modules/express/index.js'],
  ['protocol-needs-zod-only', 'rooms/src/draw/protocol.ts', 'node:crypto'],
  [
    'actions-see-members-not-sockets',
    'rooms/src/chat/c.ts',
    'node_modules/@colyseus/core/index.js',
  ],
  ['actions-make-no-schemas', 'rooms/src/chat/g.ts', 'node_modules/@colyseus/schema/index.js'],
  ['state-is-schema-only', 'rooms/src/quiz/state.ts', 'node_modules/@colyseus/core/index.js'],
  ['rooms-do-no-io', 'rooms/src/chat/d.ts', 'node:fs/promises'],
  ['rooms-do-no-io', 'rooms/src/chat/e.ts', 'node_modules/express/index.js'],
  ['browsers-have-no-node', 'client-sdk/src/d.ts', 'node:crypto'],
  ['browsers-have-no-node', 'web/src/e.ts', 'node:path'],
  ['compose-builds', 'server/src/accounts/a.ts', 'server/src/compose.ts'],
  ['compose-builds', 'server/src/accounts/b.ts', 'server/src/capabilities.ts'],
  ['adapters-are-handed-in', 'server/src/streams/a.ts', 'server/src/platform/database.ts'],
  ['adapters-are-handed-in', 'server/src/streams/b.ts', 'server/src/platform/world.ts'],
  ['tests-stay-tests', 'server/src/c.ts', 'server/src/platform/testing/database.ts'],
  ['tests-stay-tests', 'server/src/d.ts', 'server/src/accounts/testing.ts'],
  ['tests-stay-tests', 'rooms/src/chat/f.ts', 'rooms/src/chat/state.test.ts'],
  ['no-cycles', 'web/src/loop-a.ts', 'web/src/loop-b.ts'],
  ['no-dead-ends', 'web/src/f.ts', 'web/src/gone.ts'],
]

const rightArrows: [from: string, to: string][] = [
  ['web/src/page.ts', 'client-sdk/src/index.ts'],
  ['web/src/page.ts', 'rooms/src/protocol.ts'],
  ['loadtest/src/load.ts', 'client-sdk/src/index.ts'],
  ['loadtest/src/odeon/host.ts', 'rooms/src/index.ts'],
  ['client-sdk/src/index.ts', 'rooms/src/protocol.ts'],
  ['rooms/src/index.ts', 'rooms/src/chat/send-chat.ts'],
  ['rooms/src/kit/stage.ts', 'node_modules/@colyseus/core/index.js'],
  ['rooms/src/chat/chat-room.ts', 'node_modules/@colyseus/core/index.js'],
  ['rooms/src/chat/state.ts', 'node_modules/@colyseus/schema/index.js'],
  ['rooms/src/chat/protocol.ts', 'node_modules/zod/index.js'],
  ['rooms/src/chat/protocol.ts', 'rooms/src/kit/protocol.ts'],
  ['server/src/main.ts', 'server/src/compose.ts'],
  ['server/src/compose.ts', 'rooms/src/index.ts'],
  ['server/src/compose.ts', 'server/src/platform/database.ts'],
  ['server/src/start.test.ts', 'client-sdk/src/index.ts'],
  ['client-sdk/src/join.test.ts', 'server/src/platform/testing/database.ts'],
]

const inModules = /^node_modules[/](.+)[/]index[.]js$/

/** Between workspaces the way real code does it, by package name; else by relative path. */
const doors: Record<string, string> = {
  'rooms/src/index.ts': '@odeon/rooms',
  'rooms/src/ports.ts': '@odeon/rooms/ports',
  'rooms/src/protocol.ts': '@odeon/rooms/protocol',
  'client-sdk/src/index.ts': '@odeon/sdk',
}

function specifier(from: string, to: string): string {
  if (to.startsWith('node:')) return to
  if (from.split('/')[0] !== to.split('/')[0] && doors[to]) return doors[to]
  const path = relative(dirname(from), to)
  return inModules.exec(to)?.[1] ?? (path.startsWith('.') ? path : `./${path}`)
}

function writeArrows(): string {
  const lines = new Map<string, string[]>([['web/src/loop-b.ts', ["import './loop-a.ts'"]]])
  const files: Record<string, string> = { 'package.json': '{}', 'tsconfig.json': '{}' }
  for (const [from, to] of [...wrongArrows.map(([, ...pair]) => pair), ...rightArrows]) {
    lines.set(from, [...(lines.get(from) ?? []), `import '${specifier(from, to)}'`])
    if (!/^node:|gone/.test(to) && !lines.has(to)) lines.set(to, [])
    const npm = inModules.exec(to)?.[1]
    if (npm) files[`node_modules/${npm}/package.json`] = `{"name":"${npm}","main":"index.js"}`
  }
  for (const [name, text] of lines) files[name] = `${text.join('\n')}\nexport {}\n`
  for (const workspace of ['rooms', 'client-sdk']) {
    cpSync(
      resolve(root, workspace, 'package.json'),
      join(fixture, 'arrows', workspace, 'package.json'),
    )
  }
  const at = write('arrows', files)
  mkdirSync(join(at, 'node_modules/@odeon'))
  symlinkSync('../../rooms', join(at, 'node_modules/@odeon/rooms'))
  symlinkSync('../../client-sdk', join(at, 'node_modules/@odeon/sdk'))
  return at
}

test('[REP-01] every wrong import arrow is refused, by the rule meant for it', async () => {
  const { summary } = await cruise(writeArrows(), workspaces)
  const found = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  for (const [rule, from, to] of wrongArrows) {
    const target = to.includes('gone') ? './gone.ts' : to.replace('node:', '')
    expect(found, `${from} → ${to}`).toContain(`${rule}: ${from} → ${target}`)
  }
  const wrong = new Set(wrongArrows.map(([, from]) => from)).add('web/src/loop-b.ts')
  const blameless = summary.violations.filter(({ from }) => !wrong.has(from))
  expect(blameless, 'right arrows are let through').toEqual([])
  const proven = new Set(wrongArrows.map(([rule]) => rule))
  const unproven = summary.ruleSetUsed.forbidden.filter(({ name }) => !proven.has(name))
  expect(unproven, 'each rule has a wrong arrow in the table').toEqual([])
})

test('[REP-01] the arrow check sees every source file', async () => {
  const { modules } = await cruise(root, workspaces)
  const seen = new Set(modules.map(({ source }) => source))
  const all = sourceFiles(root).filter((path) => workspaces.some((ws) => path.startsWith(`${ws}/`)))
  expect(all.length).toBeGreaterThan(20)
  expect(all.filter((path) => !seen.has(path))).toEqual([])
}, 90_000)

test('[REP-02] the type check covers every source file, strictly', () => {
  const covered = new Set<string>()
  for (const folder of [...workspaces, '.']) {
    const at = resolve(root, folder)
    const { config: json } = ts.readConfigFile(join(at, 'tsconfig.json'), (p) => ts.sys.readFile(p))
    const { fileNames, options } = ts.parseJsonConfigFileContent(json, ts.sys, at)
    expect(options.strict, folder).toBe(true)
    expect(options.noUncheckedIndexedAccess, folder).toBe(true)
    for (const name of fileNames) covered.add(relative(root, name))
  }
  expect(sourceFiles(root).filter((path) => !covered.has(path))).toEqual([])
})

const badCode: [rule: string, text: string][] = [
  ['no-floating-promises', 'const wait = async () => {}\nwait()\nexport {}'],
  ['no-misused-promises', 'export const f = (a: string[]) => a.forEach(async () => {})'],
  ['no-explicit-any', 'export const f = (a: any) => a'],
  ['no-console', "console.log('hello')\nexport {}"],
  ['no-empty', 'try {\n  JSON.parse("{")\n} catch {}\nexport {}'],
  ['no-non-null-assertion', 'export const f = (a: string[]) => a[0]!.length'],
  ['only-throw-error', "export const f = () => {\n  throw 'no'\n}"],
  ['ban-ts-comment', '// @ts-ignore\nexport const a: string = 1'],
  [
    'switch-exhaustiveness-check',
    "export function f(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n  }\n}",
  ],
  ['no-focused-tests', "import { it } from 'vitest'\nit.only('x', () => {})"],
  ['no-disabled-tests', "import { it } from 'vitest'\nit.skip('x', () => {})"],
]

test('[REP-03] the linter refuses what we refuse, rules that need types included', async () => {
  const files = badCode.map(([rule, text], i) => [`${rule}.${i}.ts`, `${text}\n`])
  const strict = '{"compilerOptions":{"strict":true,"target":"ES2024","module":"ESNext"}}'
  const at = write('lint', { 'tsconfig.json': strict, ...Object.fromEntries(files) })
  const args = ['--type-aware', '-c', resolve(root, '.oxlintrc.json'), '-f', 'json', '.']
  const { said, code } = await tool('oxlint', args, at)
  expect(code).not.toBe(0)
  const { diagnostics } = JSON.parse(said) as { diagnostics: { code: string; filename: string }[] }
  const found = diagnostics.map((d) => `${d.filename.replace(/\..*/, '')}: ${d.code}`)
  for (const [rule] of badCode) {
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: .*[(]${rule}[)]$`)))
  }
})

test('[REP-04] the dead-code check finds an unused file, export and dependency', async () => {
  const at = write('dead', {
    'package.json': '{"name":"dead","type":"module","workspaces":["rooms"]}',
    'rooms/package.json':
      '{"name":"@odeon/rooms","exports":"./src/index.ts","dependencies":{"zod":"4.6.7"}}',
    'rooms/src/index.ts': "export { used } from './used.ts'\n",
    'rooms/src/used.ts': 'export const used = 1\nexport const forgotten = 2\n',
    'rooms/src/orphan.ts': 'export const alone = 3\n',
  })
  cpSync(resolve(root, 'knip.json'), join(at, 'knip.json'))
  symlinkSync(resolve(root, 'node_modules'), join(at, 'node_modules'))
  const { code, said } = await tool('knip', ['--no-progress'], at)
  expect(code).not.toBe(0)
  for (const fault of ['rooms/src/orphan.ts', 'forgotten', 'zod']) expect(said).toContain(fault)
})

test('[REP-13] `npm run check` says what failed and what to do, and fails', async () => {
  const at = write('check', { 'good.ts': 'export const a = 1\n', 'bad.ts': 'export const b=1;\n' })
  for (const file of ['biome.json', '.gitignore']) cpSync(resolve(root, file), join(at, file))
  const check = [resolve(root, '.ci/check.ts')]
  const failed = await tool('node', [...check, 'format'], at)
  expect(failed.code).toBe(1)
  expect(failed.said).toContain('bad.ts')
  expect(failed.said).not.toContain('good.ts')
  expect(failed.said).toContain('Run `npm run format`.')
  expect(failed.said.trim().split('\n').at(-1)).toBe('Checks: 0 passed, 1 failed')
  rmSync(join(at, 'bad.ts'))
  const passed = await tool('node', [...check, 'format'], at)
  expect(passed.said.trim().split('\n').at(-1)).toBe('Checks: 1 passed, 0 failed')
  expect(passed.code).toBe(0)
  expect((await tool('node', [...check, 'nothing-of-that-name'], at)).code).toBe(2)
})
