import { matchMaker } from '@colyseus/core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import { type LiveConnection, Odeon } from './index.ts'
import type { TestPage } from './testing/browser-page.ts'
import { demandBrowser, hasBrowser, type TestBrowser, testBrowser } from './testing/browser.ts'

declare global {
  interface Window {
    test: TestPage
  }
}

demandBrowser()

describe.runIf(hasBrowser)('in a browser', () => {
  let browser: TestBrowser
  let context: BrowserContext
  let page: Page
  let streamId: string
  let host: LiveConnection

  beforeAll(async () => {
    const { url } = await startTestServer({ logLevel: 'warn' })
    const ann = new Odeon(url)
    const password = 'correct horse battery'
    await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
    streamId = (await ann.streams.create({ title: 'First light' })).id
    host = await ann.live.join(streamId)
    await host.start()
    browser = await testBrowser(url)
  }, 120_000)
  afterAll(async () => {
    await host?.leave()
    await browser?.close()
  })
  beforeEach(async () => {
    context = await browser.context()
    page = await browser.open(context)
  })
  afterEach(async () => {
    await context.close()
    expect(browser.logged.splice(0), '[SDK-21] nothing on the console').toEqual([])
    browser.requested.length = 0
  })

  const guest = () => page.evaluate(() => window.test.odeon.auth.guest({ name: 'Bob' }))
  const shown = (id: string) => page.locator(`#${id}`).textContent()
  const sockets = () => matchMaker.getLocalRoomById(`live_${streamId}`).clients.length

  test('[SDK-14] a page without a sign-in starts without a request or a complaint', async () => {
    expect(await page.evaluate(() => window.test.odeon.auth.restore())).toBeNull()
    expect(browser.requested).toEqual([])
  })

  test('[SDK-13] a sign-in survives a reload in a cookie that no script can read', async () => {
    const { id } = await guest()
    const readable = await page.evaluate(() => [document.cookie, JSON.stringify(localStorage)])
    expect(readable[0]).toBe('')
    expect(readable[1]).toMatch(/^{"odeon\.signed-in:[^"]+":"1"}$/)
    await page.reload()
    await page.waitForFunction(() => 'test' in window)
    expect(await page.evaluate(() => window.test.odeon.auth.restore())).toMatchObject({ id })
    await page.evaluate(() => window.test.odeon.auth.logout())
    expect(await page.evaluate(() => window.test.odeon.auth.restore())).toBeNull()
    expect(browser.requested.filter((request) => request.endsWith('/refresh'))).toHaveLength(1)
  })

  test('[SDK-08] a room is joined under a strict policy, lost with the network, and resumed', async () => {
    await guest()
    await page.evaluate((id) => window.test.join(id), streamId)
    const connection = () => page.evaluate(() => window.test.room?.connection)
    await context.setOffline(true)
    await vi.waitFor(async () => expect(await connection()).toBe('resuming'))
    const sent = page.evaluate(() => window.test.room?.chat.send('from the tunnel'))
    await host.chat.send('meanwhile')
    await context.setOffline(false)
    expect(await sent).toMatchObject({ text: 'from the tunnel', from: { name: 'Bob' } })
    await vi.waitFor(async () => expect(await connection()).toBe('live'))
    const texts = await page.evaluate(() =>
      window.test.room?.entries.map((entry) => ('text' in entry ? entry.text : entry.type)),
    )
    expect(texts?.slice(-2)).toEqual(['meanwhile', 'from the tunnel'])
    await page.evaluate(() => window.test.room?.leave())
    // The browser itself says that it could not connect; nobody else may speak.
    const others = browser.logged.splice(0).filter(({ text }) => !text.includes('net::ERR_'))
    expect(others).toEqual([])
  })

  test('[SDK-16] React joins once for all its components, StrictMode or not', async () => {
    await guest()
    await page.evaluate((id) => window.test.show(id), streamId)
    await vi.waitFor(async () => expect(await shown('status')).toBe('joined'), 5_000)
    expect(await shown('other')).toBe('Bob')
    expect(await shown('you')).toBe('Bob')
    expect(await shown('crew')).toBe(host.you.name)
    expect(sockets()).toBe(2)
    const ways = browser.requested.filter((request) => /\/(seat|socket)$/.test(request))
    expect(ways).toEqual([`WS /v1/streams/${streamId}/socket`])

    await page.evaluate(() => window.test.show(undefined))
    await page.evaluate((id) => window.test.show(id), streamId)
    expect(await shown('status')).toBe('joined')
    expect(sockets()).toBe(2)
    await page.evaluate(() => window.test.show(undefined))
    await vi.waitFor(() => expect(sockets()).toBe(1), 5_000)
  })

  test('[SDK-16] React draws what changed and nothing else', async () => {
    await guest()
    await page.evaluate((id) => window.test.show(id), streamId)
    await vi.waitFor(async () => expect(await shown('viewers')).toBe('1'), 5_000)
    const renders = () => page.evaluate(() => ({ ...window.test.renders }))
    const before = await renders()
    await host.chat.send('hello page')
    await vi.waitFor(async () => expect(await shown('lines')).toMatch(/hello page$/))
    expect(await page.evaluate(() => window.test.heard.at(-1))).toBe('hello page')
    await host.reactions.send({ kind: 'heart' })
    expect(await renders()).toEqual(before)
    expect(await shown('strip')).toBe('live 0')
    await page.evaluate(() => window.test.show(undefined))
    await vi.waitFor(() => expect(sockets()).toBe(1), 5_000)
  })

  test('[SDK-16] React joins lobby and own room once each, and draws them again on change only', async () => {
    await guest()
    const before = browser.requested.length
    const ways = () => browser.requested.slice(before).filter((one) => /(seat|socket)$/.test(one))
    await page.evaluate(() => window.test.showHouse(true))
    const house = (unread: number) => `joined joined true 1 ${unread}`
    await vi.waitFor(async () => expect(await shown('house')).toBe(house(0)), 5_000)
    expect(ways().sort()).toEqual(['WS /v1/lobby/socket', 'WS /v1/me/socket'])
    const renders = () => page.evaluate(() => window.test.renders.house)
    const drawn = await renders()
    await page.evaluate(() => window.test.odeon.me.read())
    await host.chat.send('nothing for the house')
    expect(await renders()).toBe(drawn)
    await page.evaluate(() => window.test.showHouse(false))
  })

  test('[SDK-16] React shows a join that failed, and joins when somebody signs in', async () => {
    await page.evaluate((id) => window.test.show(id), streamId)
    await vi.waitFor(async () => expect(await shown('status')).toBe('Refusal'), 5_000)
    expect(browser.logged.splice(0)).toMatchObject([{ text: expect.stringContaining('401') }])
    await guest()
    await vi.waitFor(async () => expect(await shown('status')).toBe('joined'), 5_000)
    await page.evaluate(() => window.test.show(undefined))
    await vi.waitFor(() => expect(sockets()).toBe(1), 5_000)
  })
})
