/** A recorded room against the real server: what a replay holds is what a viewer held. */
import { beforeAll, describe, expect, test, vi } from 'vitest'
import {
  startTestServer,
  type TestServer,
} from '../../../server/src/platform/testing/test-server.ts'
import { type ChatPosted, type LiveSnapshot, Odeon, Refusal, type Stream } from '../index.ts'
import { dice as diceOf } from '../testing/dice.ts'

const password = 'correct horse battery'
/** A replay is aligned with what was seen within so much. (M3) */
const alignedMs = 250

let server: TestServer
let ann: Odeon
let stream: Stream
let nobody: Odeon
const seen: { at: number; state: LiveSnapshot; head: number }[] = []
const lines: ChatPosted[] = []

const open = (streamId = stream.id, at = 0) =>
  vi.waitFor(() => nobody.replays.open(streamId, { at }), { timeout: 15_000, interval: 100 })

/** Repeated when the room says that it was too fast. */
async function patiently(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refusal) || error.retryAfterMs === undefined) throw error
    const { retryAfterMs } = error
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
    await patiently(act)
  }
}

beforeAll(async () => {
  server = await startTestServer({ logLevel: 'warn' })
  nobody = new Odeon(server.url)
  ann = new Odeon(server.url)
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  stream = await ann.streams.create({ title: 'First light', category: 'music' })
  const host = await ann.live.join(stream.id)
  const guest = new Odeon(server.url)
  await guest.auth.guest({ name: 'Bob' })
  const viewer = await guest.live.join(stream.id)
  const see = () => {
    const head = viewer.entries.at(-1)?.seq ?? 0
    seen.push({ at: Date.now(), state: viewer.state, head })
  }
  viewer.onState(see)
  viewer.onEntries(see)
  await host.start()
  const dice = diceOf(Number(process.env.ODEON_SEED ?? 7)).next
  const say = async (text: string) => lines.push((await host.chat.send(text)) as ChatPosted)
  for (let n = 0; n < 40; n += 1) {
    const what = dice()
    if (what < 0.5 || lines.length === 0) await patiently(() => say(`line ${n}`))
    else if (what < 0.7) await patiently(() => viewer.react('heart'))
    else if (what < 0.8) await patiently(() => host.chat.pin(lines.at(-1)?.id ?? ''))
    else if (what < 0.9) await patiently(() => host.update({ title: `Title ${n}` }))
    else await patiently(() => host.chat.modes({ slowSeconds: n % 5 }))
  }
  await host.chat.modes({ slowSeconds: 0 })
  lines.push((await viewer.chat.send('a planted word')) as ChatPosted)
  await patiently(() => host.chat.pin(lines.at(-1)?.id ?? ''))
  await host.end()
  await vi.waitFor(() => expect(viewer.state.phase).toBe('ended'))
  await Promise.all([host.leave(), viewer.leave()])
})

describe('playing', () => {
  test('[RPL-01] at any time it holds the state and the log that a viewer held then', async () => {
    const replay = await open()
    const dice = diceOf(11).next
    const last = seen.at(-1)
    for (let n = 0; n < 40; n += 1) {
      const ms = Math.floor(dice() * replay.duration)
      await replay.seek(ms)
      const at = replay.startedAt + ms
      const after = seen.findIndex((one) => one.at > at + alignedMs)
      const until = after === -1 ? seen.length : after
      const before = seen.findLastIndex((one) => one.at < at - alignedMs)
      const around = seen.slice(Math.max(0, before), until)
      const states = around.map(({ state }) => state)
      expect(states, `at ${ms} ms`).toContainEqual(replay.state)
      const heads = around.map((one) => one.head)
      expect(heads, `at ${ms} ms`).toContain(replay.entries.at(-1)?.seq ?? 0)
    }
    await replay.seek(replay.duration)
    expect(replay.state).toEqual(last?.state)
    expect(replay.status).toBe('ended')
    replay.close()
  })

  test('[RPL-02] played at four times the speed, every entry comes once and in order, then the end', async () => {
    const replay = await open()
    const told: number[] = []
    const phases: string[] = []
    replay.on('chat.posted', ({ seq }) => told.push(seq))
    replay.onChange(
      (state) => state.phase,
      (now) => phases.push(now),
    )
    const ended = new Promise((resolve) => replay.on('ended', resolve))
    replay.speed = 4
    replay.play()
    expect(await ended).toEqual({ at: replay.duration })
    expect(told).toEqual(lines.map(({ seq }) => seq))
    expect(phases).toEqual(['live', 'ended'])
    expect(replay.position).toBe(replay.duration)
    expect(replay.pulse.points.reduce((sum, point) => sum + point, 0)).toBeGreaterThan(lines.length)
    replay.close()
  })

  test('[RPL-03] a seek brings its past along as history, after saying so', async () => {
    const replay = await open()
    await new Promise((resolve) => setTimeout(resolve))
    const told: (string | number)[] = []
    replay.on('seeked', ({ to }) => told.push(`to ${to}`))
    replay.on('chat.posted', ({ seq }, { replayed }) => told.push(replayed ? seq : -seq))
    await replay.seek(replay.duration)
    const shown = lines.map(({ seq }) => seq).slice(-100)
    expect(told).toEqual([`to ${replay.duration}`, ...shown])
    await replay.seek(0)
    expect(replay.entries.filter(({ type }) => type === 'chat.posted')).toEqual([])
    replay.close()
  })
})

describe('words that are gone', () => {
  test('[RPL-04] a line taken out after the stream is in no replay, nor is the pin that quoted it', async () => {
    const quoted = lines.at(-1)
    const before = await open()
    await before.seek(before.duration)
    expect(before.state.chat.pinned.text).toBe(quoted?.text)
    before.close()
    const reader = new Odeon(server.url)
    await reader.auth.register({ username: 'reader', email: 'reader@odeon.test', password })
    const targetId = quoted?.id ?? ''
    const about = { targetType: 'message', targetId, streamId: stream.id } as const
    await reader.reports.send({ ...about, reason: 'spam' })
    const { flags } = await ann.moderation.queue({ channel: 'ann' })
    await ann.moderation.decide(flags[0]?.id ?? '', { action: 'delete' })
    const planted = 'planted'
    const view = await server.fetch(`/v1/streams/${stream.id}/replay`)
    const body = await view.text()
    expect(body).not.toContain(planted)
    const { segments } = JSON.parse(body) as { segments: { name: string }[] }
    for (const { name } of segments) {
      const path = `/v1/streams/${stream.id}/replay/segments/${name}`
      const bytes = await (await server.fetch(path)).blob()
      const lines = bytes.stream().pipeThrough(new DecompressionStream('gzip'))
      expect(await new Response(lines).text()).not.toContain(planted)
    }
    await vi.waitFor(async () => {
      const replay = await nobody.replays.open(stream.id, { at: 1e9 })
      const pinned = replay.state.chat.pinned
      replay.close()
      expect(pinned).toMatchObject({ id: quoted?.id, text: '' })
      expect(replay.entries.find(({ seq }) => seq === quoted?.seq)).toMatchObject({
        text: '',
        removed: 'moderator',
      })
    })
  })
})

describe('what cannot be played', () => {
  test('[RPL-05] each reason has its name', async () => {
    const refused = (id: string) =>
      nobody.replays.open(id).then(
        () => 'opened',
        (error: { code: string }) => error.code,
      )
    expect(await refused('0190b8c0-0000-7000-8000-000000000000')).toBe('not_found')
    const other = await ann.streams.create({ title: 'Not yet' })
    expect(await refused(other.id)).toBe('still_recording')
    const host = await ann.live.join(other.id)
    await host.start()
    await host.chat.send('hello')
    expect(await refused(other.id)).toBe('still_recording')
    await host.end()
    await host.leave()
    const replay = await open(other.id)
    replay.close()
    await expect(nobody.replays.remove(other.id)).rejects.toMatchObject({ code: 'unauthenticated' })
    const stranger = new Odeon(server.url)
    const email = 'mallory@odeon.test'
    await stranger.auth.register({ username: 'mallory', email, password })
    await expect(stranger.replays.remove(other.id)).rejects.toMatchObject({ code: 'not_allowed' })
    await ann.replays.remove(other.id)
    expect(await refused(other.id)).toBe('recording_removed')
    await expect(ann.replays.remove(other.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('[REC-12] segments answer by name, in parts, once and for all', async () => {
  const view = (await (await server.fetch(`/v1/streams/${stream.id}/replay`)).json()) as {
    segments: { name: string; bytes: number }[]
  }
  const { name = '', bytes = 0 } = view.segments[0] ?? {}
  const path = `/v1/streams/${stream.id}/replay/segments/${name}`
  const whole = await server.fetch(path)
  expect(whole.headers.get('cache-control')).toContain('immutable')
  const all = Buffer.from(await whole.arrayBuffer())
  expect(all.byteLength).toBe(bytes)
  const etag = whole.headers.get('etag') ?? ''
  const known = await server.fetch(path, { headers: { 'if-none-match': etag } })
  expect(known.status).toBe(304)
  const part = await server.fetch(path, { headers: { range: 'bytes=10-19' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes}`)
  expect(Buffer.from(await part.arrayBuffer())).toEqual(all.subarray(10, 20))
  const tail = await server.fetch(path, { headers: { range: 'bytes=-5' } })
  expect(Buffer.from(await tail.arrayBuffer())).toEqual(all.subarray(-5))
  const beyond = await server.fetch(path, { headers: { range: `bytes=${bytes}-` } })
  expect(beyond.status).toBe(416)
  const wrong = await server.fetch(path.replace(/.{16}$/, '0123456789abcdef'))
  expect(wrong.status).toBe(404)
})
