/**
 * A real server with the built app and a real browser in front of it. Pages are watched: whatever
 * a page complains about, and whatever leaves for another host, fails the test that saw it.
 */
import { createHash, randomUUID } from 'node:crypto'
import { Odeon } from '@odeon/sdk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, expect } from 'vitest'
import { openDatabase } from '../../server/src/platform/database.ts'
import { quietLog } from '../../server/src/platform/testing/quiet-log.ts'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import { topUp } from '../../server/src/wallet/testing/top-up.ts'
import { chromiumPath, hasBrowser, sharedBrowser, sizes, watch } from './browser.ts'

export { hasBrowser, sizes } from './browser.ts'

type ServerSettings = Parameters<typeof startTestServer>[0]

export interface PageOptions {
  size?: keyof typeof sizes
  theme?: 'light' | 'dark'
  calm?: boolean
  /** Run in every page of it before the page's own code. */
  before?: () => void
}

export interface House {
  url: string
  /** A page of a browser that has never been here. */
  page(path: string, options?: PageOptions): Promise<Page>
  /** The same, where an account that `person` made has signed in before. */
  signedIn(username: string, path: string, options?: PageOptions): Promise<Page>
  /**
   * Somebody who joins through the SDK instead of a page; an account when `username` is given, of
   * which one test has one, however often it is tried.
   */
  person(username?: string): Promise<Odeon>
  /** Coins for somebody, to give. */
  topUp(person: Odeon, coins: number): Promise<void>
  /** A one-time claim like the one a start prints, good for a minute. */
  claim(): Promise<string>
  /** What pages may complain about in this test, because it is what the test is about. */
  allow(complaint: RegExp): void
}

/**
 * `settings` are the server's own, besides that it serves the app; `flags` the browser's, a whole
 * one where it matters which devices it knows again.
 */
export function house(
  settings: ServerSettings = {},
  flags: readonly string[] = [],
  { isWhole = false } = {},
): House {
  let url = ''
  let databaseUrl = ''
  let browser: Browser
  const contexts: BrowserContext[] = []
  /** Usernames, and the test that made each. */
  const makers = new Map<string, string | undefined>()
  const complaints: string[] = []
  let allowed: RegExp[] = []

  beforeAll(async () => {
    const server = await startTestServer({ ...settings, web: true })
    ;({ url, databaseUrl } = server)
    browser = await sharedBrowser(flags, { isWhole })
  }, 120_000)
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()))
    const heard = complaints.splice(0)
    const unexpected = heard.filter((text) => !allowed.some((fine) => fine.test(text)))
    allowed = []
    expect(unexpected).toEqual([])
  })

  /** A browser that has never been here, apart from what it keeps under these names. */
  const visitor = async (
    { size = 'desktop', theme = 'dark', calm = false, before }: PageOptions = {},
    localStorage: { name: string; value: string }[] = [],
  ): Promise<BrowserContext> => {
    const context = await browser.newContext({
      viewport: sizes[size],
      colorScheme: theme,
      reducedMotion: calm ? 'reduce' : 'no-preference',
      hasTouch: size === 'phone',
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
      storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
    })
    // Below the limit of a test, so that what failed to happen is named.
    context.setDefaultTimeout(15_000)
    contexts.push(context)
    context.on('page', (page) => watch(page, url, (text) => void complaints.push(text)))
    if (before) await context.addInitScript(before)
    return context
  }

  /** Registers; a test that is tried again finds the accounts that it made at its first try. */
  const enter = async ({ auth }: Odeon, username: string) => {
    const email = `${username}@odeon.test`
    const { currentTestName: test } = expect.getState()
    if (test !== undefined && makers.get(username) === test) {
      await auth.login({ email, password })
      return
    }
    await auth.register({ username, email, password })
    makers.set(username, test)
  }

  const at: House = {
    get url() {
      return url
    },
    allow: (complaint) => void allowed.push(complaint),
    async page(path, options) {
      const page = await (await visitor(options)).newPage()
      await page.goto(url + path)
      return page
    },
    async signedIn(username, path, options) {
      const context = await visitor(options, [{ name: `odeon.signed-in:${url}`, value: '1' }])
      const data = { email: `${username}@odeon.test`, password }
      const reply = await context.request.post(`${url}/v1/auth/login`, { data })
      expect(reply.status(), await reply.text()).toBe(200)
      const page = await context.newPage()
      await page.goto(url + path)
      return page
    },
    async person(username) {
      const odeon = new Odeon(url, { client: 'program' })
      if (username === undefined) await odeon.auth.guest()
      else await enter(odeon, username)
      return odeon
    },
    topUp: ({ auth }, coins) => topUp(databaseUrl, auth.user?.id ?? '', coins),
    claim: () => issueClaim(databaseUrl),
  }
  return at
}

async function issueClaim(url: string): Promise<string> {
  const token = randomUUID()
  const hash = createHash('sha256').update(token).digest('base64url')
  const database = await openDatabase({
    url,
    log: quietLog,
    schema: { entities: [], migrations: [] },
  })
  try {
    await database.sql`insert into admin_claims (hash, created_at, expires_at)
      values (${hash}, now(), now() + interval '1 minute')`
  } finally {
    await database.close()
  }
  return token
}

export const password = 'correct horse battery'

/** Says loudly that nothing in a browser was tested; where it must be had, that is a failure. */
export function demandBrowser(): void {
  if (hasBrowser) return
  const text = `No Chromium at ${chromiumPath}: the web app was NOT tested in a browser.`
  if (process.env.CI) throw new Error(`${text} Install it or set CHROMIUM_PATH.`)
  process.stderr.write(`\n  ${text} Install it, or set CHROMIUM_PATH.\n\n`)
}
