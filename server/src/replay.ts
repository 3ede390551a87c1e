// `npm run replay -- verify <stream id or folder>`: folds a recording and compares it with what it
// says of itself, and a stream's with its log; ends with 1 when anything differs or is missing.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type ReplayView, replayView } from './recordings/protocol.ts'
import {
  type KeptEntry,
  type StoredSegment,
  type Verified,
  type VerifiedSegment,
  verifySegments,
} from './recordings/verify.ts'

const usage = `npm run replay -- verify <what> [--url http://localhost:2567]

  <what>        the id of a stream, as in the address of its page: what the server serves is
                verified, and compared with the stream's log;
                or a folder of segments, such as .odeon/recordings/live_<stream id>
  --url <url>   the server that is asked for a stream; http://localhost:2567 when not given
  --help        this text

Ends with 0 when it is what it was, 1 when anything differs or is missing, 2 when nothing could be
compared.`
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const options = {
  url: { type: 'string', default: 'http://localhost:2567' },
  help: { type: 'boolean', short: 'h', default: false },
} as const
const differs = 1
const nothingToCompare = 2
const entriesPage = z.object({
  entries: z.array(z.object({ seq: z.number(), at: z.number(), type: z.string() })),
  more: z.boolean(),
})

/** Why a recording cannot be verified, by what its server says of it. */
const notReady: Record<Exclude<ReplayView['status'], 'ready' | 'lost'>, string> = {
  recording: 'It is still being recorded: end the stream, and verify it a minute later.',
  none: 'It was never recorded: it did not start, or RECORDINGS_DAYS was 0.',
  expired: 'Its recording was kept for its time and is gone.',
  removed: 'Its recording was taken away by somebody who may.',
}

/** Nothing was compared; the text says why and what to do. */
class Nothing extends Error {}

const say = (text: string) => void process.stdout.write(`${text}\n`)

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  const said = error instanceof Error ? error.message : String(error)
  // 1 and a stack would say that the recording differs.
  process.stderr.write(error instanceof Nothing ? `${said}\n` : `Not verified: ${said}\n`)
  process.exitCode = nothingToCompare
}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = wordsOf(args)
  const [command, what, ...more] = positionals
  if (values.help || command === 'help') {
    say(usage)
    return 0
  }
  if (command === undefined) throw new Nothing(usage)
  if (command !== 'verify') throw new Nothing(`There is no "${command}", only verify.\n\n${usage}`)
  if (what === undefined) throw new Nothing(`Say what to verify.\n\n${usage}`)
  if (more.length > 0) throw new Nothing(`One at a time: ${what}, then ${more.join(', ')}.`)
  const verified = uuid.test(what) ? await verifyStream(what, values.url) : await verifyFolder(what)
  say(tableOf(verified))
  return verified.isGood ? 0 : differs
}

function wordsOf(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Nothing(`${error.message}\n\n${usage}`, { cause: error })
  }
}

async function verifyFolder(folder: string): Promise<Verified> {
  const all = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTDIR'].includes(cause.code ?? '')) throw cause
    const ids = 'an id looks like 0190b8c0-5f3e-7a41-9c1d-2b6f0c9d8e7a'
    const place = 'a server keeps its recordings in .odeon/recordings, a folder for each stream'
    throw new Nothing(`"${folder}" is neither the id of a stream nor a folder: ${ids}; ${place}.`)
  })
  const names = all.filter((name) => name.endsWith('.gz'))
  if (names.length === 0) {
    throw new Nothing(`There are no segments (*.gz) in ${folder}: name the folder of one stream.`)
  }
  const stored = await Promise.all(
    names.map(async (name) => {
      return { name: name.replace(/\.gz$/, ''), bytes: await readFile(join(folder, name)) }
    }),
  )
  return await verifySegments(stored)
}

/** As anybody may read it, so that what is verified is what is served. */
async function verifyStream(id: string, url: string): Promise<Verified> {
  const root = `${url.replace(/\/$/, '')}/v1/streams/${id}/replay`
  const view = await read(root, replayView)
  if (view.status !== 'ready' && view.status !== 'lost') throw new Nothing(notReady[view.status])
  const stored: StoredSegment[] = view.lost.map((name) => ({ name, bytes: null }))
  for (const { name } of view.segments) {
    stored.push({ name, bytes: await ask(`${root}/segments/${name}`) })
  }
  return await verifySegments(stored, async (after, to) => {
    const entries: KeptEntry[] = []
    for (let isMore = true; isMore; ) {
      const from = entries.at(-1)?.seq ?? after
      const page = await read(`${root}/entries?after=${from}&to=${to}&limit=1000`, entriesPage)
      entries.push(...page.entries)
      isMore = page.more
    }
    return entries
  })
}

async function read<T>(url: string, shape: z.ZodType<T>): Promise<T> {
  const bytes = await ask(url)
  if (bytes === null) {
    const { origin } = new URL(url)
    throw new Nothing(`The server at ${origin} has no such stream: look at its id, or say --url.`)
  }
  try {
    return shape.parse(JSON.parse(bytes.toString()))
  } catch (cause) {
    const why = 'look at --url, and at what stands before the server'
    throw new Nothing(`${url} answers what Odeon does not say: ${why}.`, { cause })
  }
}

/** The whole body; null when there is no such thing. */
async function ask(url: string): Promise<Buffer | null> {
  if (!URL.canParse(url)) throw new Nothing(`--url must be an address, not ${url}.`)
  const { origin } = new URL(url)
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Nothing(`No server answers at ${origin}: start it, or say --url.`, { cause })
  })
  if (response.status !== 404 && !response.ok) {
    throw new Nothing(`${url} answers ${response.status}.`)
  }
  const body = await response.arrayBuffer().catch((cause: unknown) => {
    throw new Nothing(`The answer of ${url} was cut off: try again.`, { cause })
  })
  return response.ok ? Buffer.from(body) : null
}

function tableOf({ segments, isGood }: Verified): string {
  const rows = segments.map((one) => [
    one.name,
    ...figuresOf(one),
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
  const total = `${counted(segments.length, 'segment')}, ${counted(frames, 'frame')}`
  const verdict = isGood ? 'It is what it was.' : 'It is not what it was.'
  return [line(heads), ...rows.map(line), '', `  ${total}, ${bad} with faults. ${verdict}`].join(
    '\n',
  )
}

function counted(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`
}

function figuresOf(one: VerifiedSegment): string[] {
  // Nothing of it could be read.
  if (one.startedAt === 0) return ['unknown', '', '', '', '', '']
  return [
    new Date(one.startedAt).toISOString().slice(0, 19),
    `${((one.endedAt - one.startedAt) / 1_000).toFixed(1)} s`,
    String(one.frames),
    one.head === one.headFrom ? 'none' : `${one.headFrom + 1}–${one.head}`,
    String(one.checks),
    one.isAfterHole ? 'hole' : '',
  ]
}
