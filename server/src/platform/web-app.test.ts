import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { webApp } from './web-app.ts'
import { oneAtATime } from './web-app/one-at-a-time.ts'

const repository = resolve(import.meta.dirname, '../../..')
let root: string
let url: string
const server = createServer()

/** A small app with a Vite of its own, where the real one would be. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'odeon-web-'))
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  await put('package-lock.json', '{}')
  await put('web/package.json', '{ "name": "small", "type": "module" }')
  await put('web/vite.config.ts', 'export default {}')
  await put('web/index.html', '<!doctype html><script type="module" src="/src/main.ts"></script>')
  await put(
    'web/public/favicon.svg',
    `<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(2_000)}</svg>`,
  )
  await put('web/src/main.ts', 'document.title = "small"')
  const app = express()
  const built = await webApp({ root, say: () => undefined })
  expect(built.built).toBe(true)
  app.get('/v1/known', (_request, response) => void response.json({}))
  built.mount(app)
  app.use((_request, response) => void response.status(404).json({ error: 'not_found' }))
  server.on('request', app)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await rm(root, { recursive: true })
})

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}
const build = async () => (await webApp({ root, say: () => undefined })).built
const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(url + path, { headers })

describe('[RUN-28] the web app is built when its sources changed, and only then', () => {
  test('unchanged sources are not built again, changed ones are', async () => {
    expect(await build()).toBe(false)
    await put('web/src/main.ts', 'document.title = "changed"')
    expect(await build()).toBe(true)
    expect(await build()).toBe(false)
  })

  test('sources of the packages it contains count, tests do not', async () => {
    await put('web/src/main.test.ts', 'nothing')
    expect(await build()).toBe(false)
    await put('client-sdk/src/index.ts', 'export {}')
    expect(await build()).toBe(true)
  })

  test('two starts at once make one build', async () => {
    await put('web/src/main.ts', 'document.title = "twice"')
    const builds = await Promise.all([build(), build(), build()])
    expect(builds.filter(Boolean)).toHaveLength(1)
    expect(await readdir(join(root, 'web/.vite'))).toEqual([])
  })

  test('an app that does not build is said, and what was built before stays', async () => {
    const before = await readFile(join(root, 'web/dist/index.html'), 'utf8')
    await put('web/src/main.ts', 'this is (not code')
    await expect(build()).rejects.toThrow('The web app does not build')
    expect(await readFile(join(root, 'web/dist/index.html'), 'utf8')).toBe(before)
    await put('web/src/main.ts', 'document.title = "well again"')
    expect(await build()).toBe(true)
  })

  test('the lock of a process that died is void', async () => {
    const lock = join(root, 'web/.vite/dead')
    await writeFile(lock, '999999999')
    expect(await oneAtATime(lock, async () => 'done')).toBe('done')
  })
})

describe('[RUN-29] pages and files are served as what they are', () => {
  const scriptOf = async () => /\/assets\/[^"]+\.js/.exec(await (await get('/')).text())?.[0] ?? ''

  test.each(['/', '/live/01a1', '/channel/asha', '/admin/claim', '/sign-in?next=%2F'])(
    '%s is the app, asked for anew each time',
    async (path) => {
      const reply = await get(path)
      expect(reply.status).toBe(200)
      expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(reply.headers.get('cache-control')).toBe('no-cache')
      expect(await reply.text()).toContain('<script type="module"')
    },
  )

  test.each([
    '/v1/unknown',
    '/v1',
    '/matchmake/x',
    '/assets/gone-abc123.js',
    '/live/picture.png',
    '/.sources',
    '/../package.json',
    '/%2e%2e/package.json',
  ])('%s is not found', async (path) => {
    const reply = await get(path)
    expect([reply.status, await reply.json()]).toEqual([404, { error: 'not_found' }])
  })

  test('a program that asks for JSON gets no page', async () => {
    expect((await get('/live/01a1', { accept: 'application/json' })).status).toBe(404)
  })

  test('a page cannot be posted to', async () => {
    expect((await fetch(`${url}/live/01a1`, { method: 'POST' })).status).toBe(404)
  })

  test('files with a hash in their name may be kept for ever', async () => {
    const reply = await get(await scriptOf())
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(reply.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test('larger texts come compressed to those who can read it', async () => {
    const small = await get('/favicon.svg', { 'accept-encoding': 'br' })
    expect(small.headers.get('content-encoding')).toBe('br')
    expect(small.headers.get('content-type')).toBe('image/svg+xml')
    expect(small.headers.get('vary')).toMatch(/accept-encoding/i)
    const plain = await get('/favicon.svg', { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(await small.text())
  })
})
