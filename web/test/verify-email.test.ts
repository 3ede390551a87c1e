import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTestServer, type TestServer } from '../../server/src/platform/testing/test-server.ts'
import { violationsOn } from './axe.ts'
import { hasBrowser, sharedBrowser } from './browser.ts'
import { demandBrowser } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('confirming an address in a browser', { timeout: 90_000 }, () => {
  let server: TestServer
  let browser: Awaited<ReturnType<typeof sharedBrowser>>
  let dataDir = ''

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'odeon-letters-'))
    server = await startTestServer({ web: true, dataDir })
    browser = await sharedBrowser()
  }, 120_000)
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  const visit = async (path: string) => {
    const context = await browser.newContext({ locale: 'en-GB' })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(server.url + path)
    return page
  }
  /** The link of the one letter in the mail folder. */
  const linkOf = () =>
    vi.waitFor(async () => {
      const [name = ''] = await readdir(join(dataDir, 'mail'))
      const written = await readFile(join(dataDir, 'mail', name), 'utf8')
      const [, body = ''] = /base64\r\n\r\n([\s\S]+?)\r\n--/.exec(written) ?? []
      const link = /https?:\/\/\S+/.exec(Buffer.from(body, 'base64').toString())?.[0]
      return link ?? expect.fail('a letter without a link')
    }, 10_000)

  test('[MAI-08] the link of the letter leads to one button, and the button confirms', async () => {
    const { accessToken } = await server.register('letter_reader')
    const isVerified = async () => {
      const reply = await server.fetch('/v1/me', { method: 'GET', token: accessToken })
      return ((await reply.json()) as { emailVerified: boolean }).emailVerified
    }
    const { pathname, hash } = new URL(await linkOf())
    const page = await visit(pathname + hash)
    const button = page.getByRole('button', { name: 'Confirm my address' })
    await button.waitFor()
    expect(await isVerified()).toBe(false)
    expect(await violationsOn(page)).toEqual([])
    await button.click()
    await page.getByText('letter_reader@odeon.test is confirmed.').waitFor()
    expect(await isVerified()).toBe(true)
    expect(new URL(page.url()).hash).toBe('')
  })

  test('[MAI-08] a link that is no good says so', async () => {
    const page = await visit('/verify-email#made-up')
    await page.getByRole('button', { name: 'Confirm my address' }).click()
    await page.getByText('This link has expired').waitFor()
  })
})
