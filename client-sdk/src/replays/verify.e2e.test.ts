/** `npm run replay -- verify` against what a real server recorded, whole and damaged. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { type StoredSegment, verifySegments } from '../../../server/src/recordings/verify.ts'
import { Odeon } from '../index.ts'
import { dice } from '../testing/dice.ts'

const folder = await mkdtemp(join(tmpdir(), 'odeon-verify-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const stored: (StoredSegment & { bytes: Buffer })[] = []
const dataDir = await mkdtemp(join(tmpdir(), 'odeon-verified-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))
let url: string
let streamId: string

const replay = (...words: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const script = join(import.meta.dirname, '../../../server/src/replay.ts')
    const run = ['--conditions=development', script, ...words]
    execFile(process.execPath, run, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr })
    })
  })

beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn', dataDir })).url
  const ann = new Odeon(url)
  const password = 'correct horse battery'
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  const stream = await ann.streams.create({ title: 'First light' })
  streamId = stream.id
  const host = await ann.live.join(streamId)
  await host.start()
  for (let n = 0; n < 5; n += 1) await host.chat.send(`line ${n}`)
  await host.end()
  await host.leave()
  await vi.waitFor(async () => (await ann.replays.open(streamId)).close(), 15_000)
  const root = `${url}/v1/streams/${streamId}/replay`
  const view = (await (await fetch(root)).json()) as { segments: { name: string }[] }
  for (const { name } of view.segments) {
    const bytes = Buffer.from(await (await fetch(`${root}/segments/${name}`)).arrayBuffer())
    stored.push({ name, bytes })
    await writeFile(join(folder, `${name}.gz`), bytes)
  }
})

test('[REC-07] a stream and a folder are verified by one command, which says so by its exit code', async () => {
  const [ofStream, ofFolder, ofNobody, ofNothing] = await Promise.all([
    replay('verify', streamId, '--url', url),
    replay('verify', folder),
    replay('verify', '0190b8c0-0000-7000-8000-000000000000', '--url', url),
    replay(),
  ])
  expect(ofStream.said).toContain('It is what it was.')
  expect(ofStream.code).toBe(0)
  expect(ofFolder.code).toBe(0)
  expect(ofNobody).toMatchObject({ code: 2, said: expect.stringContaining('has no such stream') })
  expect(ofNothing.code).toBe(2)
})

test('[REC-14] the command helps, and says what is wrong with what it is given and what to do', async () => {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  const [help, ofNoFolder, ofEmpty, ofNoServer, unknown, wrongWord] = await Promise.all([
    replay('--help'),
    replay('verify', 'nope'),
    replay('verify', empty),
    replay('verify', streamId, '--url', 'http://127.0.0.1:1'),
    replay('check', streamId),
    replay('verify', streamId, '--nope'),
  ])
  expect(help).toMatchObject({ code: 0, said: expect.stringContaining('--url <url>') })
  const says = (text: string) => ({ code: 2, said: expect.stringContaining(text) })
  expect(ofNoFolder).toMatchObject(says('"nope" is neither the id of a stream nor a folder'))
  expect(ofEmpty).toMatchObject(says(`no segments (*.gz) in ${empty}`))
  expect(ofNoServer).toMatchObject(says('No server answers at http://127.0.0.1:1: start it'))
  expect(unknown).toMatchObject(says('There is no "check", only verify.'))
  expect(wrongWord).toMatchObject(says("Unknown option '--nope'"))
  for (const { said } of [help, ofNoFolder, wrongWord]) expect(said).not.toContain('    at ')
})

test('[REC-07] a segment that is listed and lost is a row of the table, and that differs', async () => {
  const { name } = stored[0]!
  const path = join(dataDir, 'recordings', `live_${streamId}`, `${name}.gz`)
  await rename(path, `${path}.away`)
  onTestFinished(() => rename(`${path}.away`, path))
  const { code, said } = await replay('verify', streamId, '--url', url)
  expect(said).toMatch(new RegExp(`${name} .*it is missing`))
  expect(said).toContain('It is not what it was.')
  expect(code).toBe(1)
})

test('[REC-14] of a stream without a finished recording it says why there is nothing to verify', async () => {
  const ben = new Odeon(url)
  const password = 'correct horse battery'
  await ben.auth.register({ username: 'ben', email: 'ben@odeon.test', password })
  const { id } = await ben.streams.create({ title: 'Not yet' })
  const { code, said } = await replay('verify', id, '--url', url)
  expect(said).toBe('It is still being recorded: end the stream, and verify it a minute later.\n')
  expect(code).toBe(2)
})

test('[REC-14] the table says that a segment holds no entries, and that nothing is known of a damaged one', async () => {
  const odd = join(folder, 'odd')
  await mkdir(odd)
  const { name, bytes } = stored[0]!
  const [head = '{}'] = gunzipSync(bytes).toString().split('\n')
  await writeFile(join(odd, `${name}.gz`), gzipSync(`${head}\n`))
  const ofNoEntries = await replay('verify', odd)
  expect(ofNoEntries.said).toMatch(new RegExp(`${name} .* 0  +none  `))
  expect(ofNoEntries.said).toContain('  1 segment, 0 frames, 1 with faults.')
  await writeFile(join(odd, `${name}.gz`), 'damaged')
  const ofDamaged = await replay('verify', odd)
  expect(ofDamaged.said).toMatch(new RegExp(`${name}  unknown  +its bytes`))
})

test('[REC-07] behind a lost segment the others are verified', async () => {
  const { name } = stored[0]!
  const lost = { name: name.replace(/^(\d+)-\d+/, '$1-99'), bytes: null }
  const { isGood, segments } = await verifySegments([lost, ...stored])
  expect(isGood).toBe(false)
  expect(segments.map(({ faults }) => faults.length)).toEqual([...stored.map(() => 0), 1])
  expect(segments.at(-1)?.faults[0]).toContain('it is missing')
})

test('[REC-14] what stands in the way of reading is said plainly, and is no difference', async () => {
  const unreadable = join(folder, 'unreadable')
  await mkdir(join(unreadable, 'a-folder.gz'), { recursive: true })
  const [ofUnreadable, ofPage, ofOther, ofCut] = await Promise.all([
    replay('verify', unreadable),
    verifyAt((_request, response) => void response.end('<!doctype html><p>Welcome')),
    verifyAt((_request, response) => void response.end('{"status":"fine"}')),
    verifyAt((_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 }).write('{"status":', () => {
        response.destroy()
      })
    }),
  ])
  const says = (text: string) => ({ code: 2, said: expect.stringContaining(text) })
  expect(ofUnreadable).toMatchObject(says('Not verified: EISDIR'))
  expect(ofPage).toMatchObject(says('answers what Odeon does not say'))
  expect(ofOther).toMatchObject(says('answers what Odeon does not say'))
  expect(ofCut).toMatchObject(says('was cut off'))
  for (const { said } of [ofUnreadable, ofPage, ofOther, ofCut]) {
    expect(said).not.toContain('    at ')
  }
})

/** What the command says of a server that answers like this. */
async function verifyAt(answer: RequestListener) {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return await replay('verify', streamId, '--url', `http://127.0.0.1:${port}`)
}

test('[REC-07] one flipped byte is found, wherever it is', async () => {
  const { within } = dice(5)
  for (let n = 0; n < 200; n += 1) {
    const damaged = stored.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes) }))
    const { bytes } = damaged[Math.floor(within([0, damaged.length]))] ?? stored[0]!
    const at = Math.floor(within([0, bytes.byteLength]))
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(within([0, 8])))
    const { isGood } = await verifySegments(damaged)
    expect(isGood, `byte ${at}`).toBe(false)
  }
})

test('[REC-07] a log that is another than the recorded one is found', async () => {
  const without = await verifySegments(stored, async () => [])
  expect(without.segments.flatMap(({ faults }) => faults).join()).toContain('are not in the log')
  expect((await verifySegments([])).isGood).toBe(false)
})
