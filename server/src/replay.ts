// `npm run replay -- verify <stream id or folder>`: folds a recording and compares it with what it
// says of itself, and a stream's with its log; ends with 1 when anything differs.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ReplayView } from './recordings/protocol.ts'
import {
  type KeptEntry,
  type StoredSegment,
  type Verified,
  verifySegments,
} from './recordings/verify.ts'

const usage = `
  npm run replay -- verify <stream id> [--url http://localhost:2567]
  npm run replay -- verify <folder of segments>
`
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const options = { url: { type: 'string', default: 'http://localhost:2567' } } as const

const { positionals, values } = parseArgs({ options, allowPositionals: true })
const [command, what] = positionals
const say = (text: string) => void process.stdout.write(`${text}\n`)

if (command === 'verify' && what !== undefined) await verify(what)
else {
  say(usage)
  process.exitCode = 2
}

async function verify(of: string): Promise<void> {
  try {
    const verified = uuid.test(of) ? await verifyStream(of) : await verifyFolder(of)
    say(tableOf(verified))
    process.exitCode = verified.isGood ? 0 : 1
  } catch (error) {
    say(`  ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}

async function verifyFolder(folder: string): Promise<Verified> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.gz'))
  const stored = await Promise.all(
    names.map(async (name) => {
      return { name: name.replace(/\.gz$/, ''), bytes: await readFile(join(folder, name)) }
    }),
  )
  return await verifySegments(stored)
}

/** As anybody may read it, so that what is verified is what is served. */
async function verifyStream(id: string): Promise<Verified> {
  const root = `${values.url}/v1/streams/${id}/replay`
  const view = (await read(root)) as ReplayView
  if (view.status !== 'ready') throw new Error(`nothing to verify: ${view.status}`)
  const stored: StoredSegment[] = []
  for (const { name } of view.segments) {
    const bytes = await (await ask(`${root}/segments/${name}`)).arrayBuffer()
    stored.push({ name, bytes: Buffer.from(bytes) })
  }
  return await verifySegments(stored, async (after, to) => {
    const entries: KeptEntry[] = []
    for (let isMore = true; isMore; ) {
      const from = entries.at(-1)?.seq ?? after
      const page = await read(`${root}/entries?after=${from}&to=${to}&limit=1000`)
      entries.push(...(page as { entries: KeptEntry[] }).entries)
      isMore = (page as { more: boolean }).more
    }
    return entries
  })
}

async function read(url: string): Promise<unknown> {
  return await (await ask(url)).json()
}

async function ask(url: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`no server answers at ${url}`, { cause })
  })
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
  return response
}

function tableOf({ segments, isGood }: Verified): string {
  const rows = segments.map((one) => [
    one.name,
    new Date(one.startedAt).toISOString().slice(0, 19),
    `${((one.endedAt - one.startedAt) / 1_000).toFixed(1)} s`,
    String(one.frames),
    `${one.headFrom + 1}–${one.head}`,
    String(one.checks),
    one.isAfterHole ? 'hole' : '',
    one.faults.length === 0 ? 'good' : one.faults.join('; '),
  ])
  const heads = ['segment', 'begins', 'covers', 'frames', 'entries', 'checks', 'before', '']
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => (at === 7 ? 0 : (row[at] ?? '').length))),
  )
  const line = (cells: string[]) =>
    `  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd()
  const frames = segments.reduce((sum, one) => sum + one.frames, 0)
  const bad = segments.filter(({ faults }) => faults.length > 0).length
  const total = `${segments.length} segments, ${frames} frames, ${bad} with faults`
  const verdict = isGood ? 'It is what it was.' : 'It is not what it was.'
  return [line(heads), ...rows.map(line), '', `  ${total}. ${verdict}`].join('\n')
}
