/** Pictures over HTTP: put in by owners, served to everybody, gone when nobody needs them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bodyLimits } from '../platform/http/read-body.ts'
import { streamsApp } from '../streams/testing.ts'
import { folderStore } from './media-store.ts'
import { mediaLimits, recipes } from './protocol.ts'
import * as pictures from './testing/pictures.ts'

const app = await streamsApp()
const { call } = app
afterAll(app.startUpkeep())

async function owner(username: string) {
  const person = await app.person(username)
  await app.channels.ensure(person.userId)
  return person
}
const bytesOf = (picture: Buffer) => new Uint8Array(picture)
const put = async (handle: string, as: { userId: string } | undefined, picture: Buffer) =>
  call('PUT', `/v1/channels/${handle}/avatar`, { bytes: bytesOf(picture), ...(as && { as }) })
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { headers })
const filesOf = (url: string) => {
  const id = /media\/([0-9a-f]{32})-/.exec(url)?.[1] ?? ''
  const shelf = join(app.mediaDir, id.slice(0, 2))
  return existsSync(shelf) ? readdirSync(shelf).filter((name) => name.startsWith(id)) : []
}

test('[CHN-33] a stream names the picture of its channel, wherever it is listed or found', async () => {
  const as = await owner('pictured')
  const { body: made } = await call('POST', '/v1/streams', { json: { title: 'Zinnia hour' }, as })
  expect(made.channel.avatarUrl).toBeNull()
  const { body: channel } = await put('pictured', as, await pictures.png())
  await app.streams.start(made.id, Date.now())
  const { body: one } = await call('GET', `/v1/streams/${made.id}`)
  const { body: page } = await call('GET', '/v1/streams?channel=pictured')
  const { body: found } = await call('GET', '/v1/search?q=zinnia')
  for (const stream of [one, page.streams[0], found.streams[0]]) {
    expect(stream.channel).toMatchObject({ handle: 'pictured', avatarUrl: channel.avatarUrl })
  }
})

test('[IMG-10] an avatar shows on the channel, in every width, until it is taken away', async () => {
  const as = await owner('dressed')
  const { status, body } = await put('Dressed', as, await pictures.png())
  expect(status).toBe(200)
  expect(body.avatarUrl).toMatch(/^\/v1\/media\/[0-9a-f]{32}-256\.webp$/)
  expect((await call('GET', '/v1/channels/dressed')).body.avatarUrl).toBe(body.avatarUrl)
  for (const { width } of recipes.avatar.sizes) {
    const reply = await get(body.avatarUrl.replace('256', String(width)))
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/webp'])
  }
  const banner = { bytes: bytesOf(await pictures.jpeg(900, 900)), as }
  const { body: both } = await call('PUT', '/v1/channels/dressed/banner', banner)
  expect(both).toMatchObject({
    avatarUrl: body.avatarUrl,
    bannerUrl: expect.stringMatching(/-1500\.webp$/),
  })
  const { body: bare } = await call('DELETE', '/v1/channels/dressed/avatar', { as })
  expect(bare).toMatchObject({ avatarUrl: null, bannerUrl: both.bannerUrl })
})

test('[IMG-10] nobody but the owner changes a picture, and nothing of theirs is decoded', async () => {
  await owner('undressed')
  const picture = await pictures.png(40, 40, 7)
  const kept = () => app.database.sql`select id from media order by id`
  const before = await kept()
  const code = async (as?: { userId: string }) =>
    (await put('undressed', as, picture)).body.error.code
  expect(await code()).toBe('unauthenticated')
  expect(await code(await app.guest('G'))).toBe('account_required')
  expect(await code(await owner('other_one'))).toBe('not_allowed')
  expect(await code(await app.person('img_adm', { platformRole: 'admin' }))).toBe('not_allowed')
  const as = await owner('owner_of_none')
  expect((await put('no_such', as, picture)).body.error.code).toBe('not_found')
  const remove = await call('DELETE', '/v1/channels/undressed/avatar', { as })
  expect(remove.body.error.code).toBe('not_allowed')
  expect(await kept()).toEqual(before)
})

test('[IMG-03] what is no picture is refused by name', async () => {
  const as = await owner('refused_ch')
  const answer = async (picture: Buffer) => {
    const { status, body } = await put('refused_ch', as, picture)
    return [status, body.error.code]
  }
  expect(await answer(pictures.html)).toEqual([415, 'not_a_picture'])
  expect(await answer(pictures.svg)).toEqual([415, 'not_a_picture'])
  expect(await answer(Buffer.alloc(0))).toEqual([415, 'not_a_picture'])
  expect(await answer((await pictures.png()).subarray(0, 90))).toEqual([422, 'broken_picture'])
  expect(await answer(pictures.pngOf(9_000, 10))).toEqual([422, 'picture_too_big'])
})

test('[IMG-11] a body of bytes has a bound, a type and somebody who may send it', async () => {
  const as = await owner('heavy_ch')
  const large = Buffer.alloc(recipes.avatar.bytesMax + 1)
  expect((await put('heavy_ch', as, large)).body.error.code).toBe('too_large')
  const path = '/v1/channels/heavy_ch/avatar'
  const headers = { authorization: `Bearer ${as.userId}` }
  const send = async (more: Record<string, string>) => {
    const body = bytesOf(await pictures.png())
    const reply = await fetch(app.url + path, {
      method: 'PUT',
      headers: { ...headers, ...more },
      body,
    })
    return [reply.status, ((await reply.json()) as { error: { code: string } }).error.code]
  }
  const unsupported = [415, 'unsupported_media_type']
  expect(await send({ 'content-type': 'text/html' })).toEqual(unsupported)
  expect(await send({ 'content-type': 'image/svg+xml' })).toEqual(unsupported)
  const packed = { 'content-type': 'image/png', 'content-encoding': 'gzip' }
  expect(await send(packed)).toEqual(unsupported)
})

test('[IMG-11] who sends many bodies slowly keeps nobody else from sending one', async () => {
  const [slow, quick] = [await owner('slow_ch'), await owner('quick_ch')]
  const { hostname, port } = new URL(app.url)
  const answers: string[] = []
  const sockets = Array.from({ length: bodyLimits.uploadsMax }, () => {
    const socket = connect(Number(port), hostname)
    socket.on('data', (bytes) => answers.push(String(bytes).slice(9, 12)))
    socket.write(
      'PUT /v1/channels/slow_ch/avatar HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\n',
    )
    socket.write(`authorization: Bearer ${slow.userId}\r\ncontent-length: 9000\r\n\r\nslow`)
    return socket
  })
  const refused = bodyLimits.uploadsMax - bodyLimits.uploadsOfOneMax
  await expect.poll(() => answers).toEqual(Array.from({ length: refused }, () => '503'))
  expect((await put('quick_ch', quick, await pictures.png())).status).toBe(200)
  for (const socket of sockets) socket.destroy()
})

test('[IMG-11] a stranger’s large body is refused before it is read, whatever it says', async () => {
  const before = process.memoryUsage().rss
  const sent = await endless('/v1/channels/heavy_ch/avatar', {})
  expect(sent.status).toBe(401)
  const as = await owner('endless_ch')
  const headers = { authorization: `Bearer ${as.userId}`, 'content-type': 'image/png' }
  expect((await endless('/v1/channels/endless_ch/avatar', headers)).status).toBe(413)
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('[IMG-07] a picture is served for ever, as a picture and as nothing else', async () => {
  const as = await owner('served_ch')
  const { body } = await put('served_ch', as, await pictures.png(90, 90, 3))
  const reply = await get(body.avatarUrl)
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  })
  expect(
    Buffer.from(await reply.arrayBuffer())
      .subarray(8, 12)
      .toString(),
  ).toBe('WEBP')
  const etag = reply.headers.get('etag') as string
  const again = await get(body.avatarUrl, { 'if-none-match': `"x", ${etag}` })
  expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
  const head = await fetch(app.url + body.avatarUrl, { method: 'HEAD' })
  expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([200, 0])
})

test('[IMG-07] no name leads out of the folder of pictures', async () => {
  writeFileSync(join(app.mediaDir, 'secret.webp'), pictures.token)
  const id = 'a'.repeat(32)
  for (const name of [
    'secret.webp',
    '..%2Fsecret.webp',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/secret.webp',
    `${id}-64.webp%00.html`,
    `${id}-64.svg`,
    `${id}-64.webp/..`,
    `${'A'.repeat(32)}-64.webp`,
    `..\\${id}-64.webp`,
    `${id}-64.webp\n`,
  ]) {
    const { status, text } = await raw(`/v1/media/${name}`)
    expect([400, 404], name).toContain(status)
    expect(text, name).not.toContain(pictures.token)
  }
  expect((await raw(`/v1/media/${id}-64.webp`)).status).toBe(404)
  const store = folderStore(app.mediaDir)
  await expect(store.read('../secret.webp')).rejects.toThrow('not a name of media')
  await expect(store.remove('../../x')).rejects.toThrow('not a name of media')
  expect(readFileSync(join(app.mediaDir, 'secret.webp'), 'utf8')).toBe(pictures.token)
})

test('[IMG-08] a picture goes when nobody refers to it, and not before', async () => {
  const [as, other] = [await owner('sweeper'), await owner('sharer')]
  const picture = await pictures.png(120, 120, 9)
  const { body } = await put('sweeper', as, picture)
  const { body: same } = await put('sharer', other, picture)
  expect(same.avatarUrl).toBe(body.avatarUrl)
  const { body: next } = await put('sweeper', as, await pictures.png(120, 120, 10))
  expect(filesOf(body.avatarUrl)).toHaveLength(3)
  app.pass(mediaLimits.graceMs + 1)
  await app.media.sweep()
  expect(filesOf(body.avatarUrl)).toHaveLength(3)
  await call('DELETE', '/v1/channels/sharer/avatar', { as: other })
  await app.media.sweep()
  expect(filesOf(body.avatarUrl)).toEqual([])
  expect((await get(body.avatarUrl)).status).toBe(404)
  expect(filesOf(next.avatarUrl)).toHaveLength(3)
})

test('[IMG-08] one that was just uploaded is not swept away before somebody refers to it', async () => {
  const kept = await app.media.keep('avatar', await pictures.png(70, 70, 11))
  if (!('id' in kept)) throw new Error('it was refused')
  await app.media.sweep()
  expect(filesOf(`media/${kept.id}-`)).toHaveLength(3)
})

test('[IMG-08] a picture uploaded again while it is swept is there afterwards', async () => {
  const as = await owner('racing_sweep')
  const picture = await pictures.png(80, 80, 12)
  for (let n = 0; n < 5; n += 1) {
    await put('racing_sweep', as, picture)
    await call('DELETE', '/v1/channels/racing_sweep/avatar', { as })
    app.pass(mediaLimits.graceMs + 1)
    const [{ body }] = await Promise.all([put('racing_sweep', as, picture), app.media.sweep()])
    expect(filesOf(body.avatarUrl)).toHaveLength(3)
    await call('DELETE', '/v1/channels/racing_sweep/avatar', { as })
  }
})

/** A body without an end or a length: what the answer is once the server has had enough. */
function endless(path: string, headers: Record<string, string>): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const asking = request(app.url + path, { method: 'PUT', headers }, (reply) => {
      clearInterval(timer)
      resolve({ status: reply.statusCode ?? 0 })
      reply.resume()
      asking.destroy()
    })
    asking.on('error', (error: NodeJS.ErrnoException) => {
      // Cut after the answer, which is what we are for.
      if (!['EPIPE', 'ECONNRESET'].includes(error.code ?? '')) reject(error)
    })
    const part = Buffer.alloc(256 * 1024)
    const timer = setInterval(() => asking.write(part), 1)
  })
}

/** As it is written: `fetch` would tidy the path. */
function raw(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url)
    const asking = request({ hostname, port, path: encodeControl(path) }, (reply) => {
      let text = ''
      reply.on('data', (part: Buffer) => {
        text += part.toString('latin1')
      })
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
    })
    asking.on('error', reject).end()
  })
}

const encodeControl = (path: string) => path.replaceAll('\n', '%0A')
