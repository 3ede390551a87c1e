import { execFileSync, spawn } from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer } from '../server/src/platform/testing/test-server.ts'

const here = import.meta.dirname
const installed = join(here, '../node_modules')
let project: string

/** A program that knows the package by name alone. */
const program = `
import { Odeon, Refusal, Unavailable, type LiveConnection } from '@odeon/sdk'

const [url = '', streamId = ''] = process.argv.slice(2)
const odeon = new Odeon(url)
await odeon.auth.guest({ name: 'Packed' })
const room: LiveConnection = await odeon.live.join(streamId)
const heard: string[] = []
room.on('chat.posted', (entry) => heard.push(\`\${entry.from.name}: \${entry.text}\`))
const viewers: number = room.state.viewerCount
await room.chat.send('from an empty project')
const refused = await room.start().catch((error: unknown) => error)
while (heard.length === 0) await new Promise((resolve) => room.onEntries(() => resolve(0)))
console.log(heard[0], viewers, refused instanceof Refusal, refused instanceof Unavailable)
// @ts-expect-error -- no such event
room.on('chat.unheard', () => undefined)
await room.leave()
`

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'odeon-packed-'))
  execFileSync(process.execPath, [join(here, 'build.ts')], { stdio: 'inherit' })
  const pack = ['pack', join(here, 'dist'), '--pack-destination', project, '--silent']
  execFileSync('npm', pack, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [tarball = ''] = globSync('*.tgz', { cwd: project })
  const home = join(project, 'node_modules/@odeon/sdk')
  mkdirSync(home, { recursive: true })
  execFileSync('tar', ['-xzf', join(project, tarball), '-C', home, '--strip-components=1'])
  // What npm would install beside it, and nothing else of this repository.
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    mkdirSync(dirname(join(project, 'node_modules', name)), { recursive: true })
    symlinkSync(join(installed, name), join(project, 'node_modules', name))
  }
  writeFileSync(join(project, 'program.mts'), program)
}, 120_000)
afterAll(() => rmSync(project, { recursive: true, force: true }))

test('[SDK-20] the packed package type-checks in an empty project', () => {
  const options = {
    module: 'NodeNext',
    target: 'ES2024',
    lib: ['ES2024', 'DOM'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  }
  const config = { compilerOptions: options, files: ['program.mts'] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
  execFileSync(process.execPath, [join(installed, 'typescript/bin/tsc'), '-p', project], {
    stdio: 'inherit',
  })
})

test('[SDK-20] and runs there', async () => {
  const server = await startTestServer({ logLevel: 'warn' })
  const stream = await server.stream(await server.register('ann'))
  const running = spawn(process.execPath, ['program.mts', server.url, stream.id], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  running.stdout.on('data', (bytes: Buffer) => (said += String(bytes)))
  const code = await new Promise((resolve) => running.on('close', resolve))
  expect(said).toBe('Packed: from an empty project 1 true false\n')
  expect(code).toBe(0)
})

test('[SDK-20] it holds no part of zod and nothing that only servers need', () => {
  const code = globSync('*.js', { cwd: join(here, 'dist') }).map((file) =>
    readFileSync(join(here, 'dist', file), 'utf8'),
  )
  const imported = code.flatMap((text) =>
    [...text.matchAll(/from "([^.][^"]*)"/g)].map(([, name]) => name),
  )
  expect(new Set(imported)).toEqual(
    new Set(['@colyseus/schema', 'livekit-client', 'msgpackr', 'react']),
  )
  expect(code.join('')).not.toMatch(/\bzod\b|from "node:/)
})

test('[PLY-05] LiveKit comes with a part that is loaded when media are wanted', () => {
  const naming = globSync('*.js', { cwd: join(here, 'dist') }).filter((file) =>
    readFileSync(join(here, 'dist', file), 'utf8').includes('from "livekit-client"'),
  )
  expect(naming).toHaveLength(1)
  const before = globSync('*.js', { cwd: join(here, 'dist') }).filter((file) =>
    readFileSync(join(here, 'dist', file), 'utf8').includes(`from "./${naming[0]}"`),
  )
  expect(before).toEqual([])
})
