// Code in the documents works: it is applied to a copy of the repository, checked and run there.
import { execFile, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '../server/src/platform/testing/test-server.ts'

const root = resolve(import.meta.dirname, '..')
const workspaces = ['rooms', 'client-sdk', 'server', 'web', 'loadtest']

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'odeon-docs-'))
  for (const workspace of workspaces) {
    const wanted = (from: string) => !/\/(node_modules|dist|build|reports)$/.test(from)
    cpSync(join(root, workspace), join(copy, workspace), { recursive: true, filter: wanted })
  }
  for (const file of ['package.json', 'tsconfig.base.json']) {
    cpSync(join(root, file), join(copy, file))
  }
  linkModules()
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Installed packages as they are, our own ones as the copy has them. */
function linkModules(): void {
  mkdirSync(join(copy, 'node_modules/@odeon'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '@odeon' || name.startsWith('.vite')) continue
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  for (const [name, folder] of [
    ['rooms', 'rooms'],
    ['sdk', 'client-sdk'],
  ] as const) {
    symlinkSync(join(copy, folder), join(copy, 'node_modules/@odeon', name))
  }
}

interface Block {
  language: string
  path: string
  text: string
}

/** Fenced blocks whose first line names the file they are: ```ts rooms/src/cue/protocol.ts */
function blocksOf(document: string): Block[] {
  const markdown = readFileSync(join(root, document), 'utf8')
  const blocks = markdown.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)
  return [...blocks].map(([, language = '', path = '', text = '']) => ({ language, path, text }))
}

/** Replaces each hunk's lines (` ` and `-`) by its lines (` ` and `+`), once, in order. */
function patched(original: string, { path, text }: Block): string {
  let result = original
  for (const hunk of text.split(/^@@.*\n/m)) {
    const lines = hunk.trimEnd().split('\n')
    const side = (mark: string) =>
      lines
        .filter((line) => line === '' || ` ${mark}`.includes(line.charAt(0)))
        .map((line) => `${line.slice(1)}\n`)
        .join('')
    if (!result.includes(side('-'))) throw new Error(`${path} no longer has:\n${side('-')}`)
    result = result.replace(side('-'), () => side('+'))
  }
  return result
}

function apply(block: Block): void {
  const at = join(copy, block.path)
  if (block.language === 'diff') {
    writeFileSync(at, patched(readFileSync(at, 'utf8'), block))
    return
  }
  if (existsSync(at)) throw new Error(`${block.path} exists already`)
  mkdirSync(dirname(at), { recursive: true })
  writeFileSync(at, block.text)
}

/** Runs an installed tool inside the copy; rejects with all it said when it fails. */
function tool(name: string, ...args: string[]): Promise<string> {
  const bin = join(root, 'node_modules/.bin', name)
  return new Promise((done, failed) => {
    execFile(bin, args, { cwd: copy }, (error, out, err) => {
      if (error) failed(new Error(`${name} ${args.join(' ')}\n${out}${err}`))
      else done(out)
    })
  })
}

test('[REP-12] the walk through a capability works as it is written', async () => {
  const blocks = blocksOf('docs/adding-a-capability.md')
  expect(blocks.length).toBeGreaterThan(5)
  for (const block of blocks) apply(block)
  // In one pass, as pages see all of it: each workspace by itself would read the others again.
  const touched = ['rooms/src', 'client-sdk/src/typed.test.ts', 'web/src']
  const tsconfig = { extends: './web/tsconfig.json', include: touched }
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(tsconfig))
  await tool('tsc', '-p', '.')
  const ran = await tool('vitest', 'run', '--root', copy, 'rooms/src/cue', 'authorisation-matrix')
  expect(ran).toMatch(/Test Files .*2 passed/)
}, 240_000)

/** Starts a program in the copy and resolves with its first line of output. */
function firstLineOf(program: string): Promise<string> {
  const child = spawn(process.execPath, [program], { cwd: copy })
  let said = ''
  return new Promise<string>((done, failed) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stdout.on('data', (chunk: Buffer) => done(chunk.toString().trim()))
    child.on('exit', (code) => failed(new Error(`${program} ended with ${code}\n${said}`)))
  }).finally(() => child.kill())
}

test('[REP-12] the example in the README is a program that does what it says', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, example] = /^```ts\n([\s\S]*?)^```$/m.exec(readme) ?? []
  expect(example).toContain('@odeon/sdk')
  const tsconfig = {
    extends: '../tsconfig.base.json',
    compilerOptions: { lib: ['ES2024', 'DOM', 'DOM.Iterable'] },
  }
  mkdirSync(join(copy, 'readme'))
  writeFileSync(join(copy, 'readme/tsconfig.json'), JSON.stringify(tsconfig))
  const { url } = await startTestServer()
  const program = String(example).replace('http://localhost:2567', url)
  expect(program).toContain(url)
  writeFileSync(join(copy, 'readme/example.ts'), program)
  await tool('tsc', '-p', 'readme')
  expect(await firstLineOf('readme/example.ts')).toBe('ada: hello')
}, 240_000)
