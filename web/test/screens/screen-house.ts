/** A house of its own for `npm run screens`: server, temporary folder, browser, people. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LiveConnection, Odeon } from '@odeon/sdk'
import type { BrowserContext, Page } from 'playwright-core'
import { sdkPage } from '../../../client-sdk/src/testing/browser.ts'
import { compose } from '../../../server/src/compose.ts'
import { readConfig } from '../../../server/src/config.ts'
import { postgresFolder } from '../../../server/src/platform/data-folder.ts'
import { startEmbeddedPostgres } from '../../../server/src/platform/embedded-postgres.ts'
import { createLogger } from '../../../server/src/platform/logging.ts'
import { silentProgress } from '../../../server/src/platform/start/progress.ts'
import { fillRoom } from '../../../server/src/platform/testing/full-room.ts'
import { quietLog } from '../../../server/src/platform/testing/quiet-log.ts'
import { launchBrowser, sizes } from '../browser.ts'
import { spokenInto } from '../speech.ts'

export const password = 'correct horse battery'

export interface ScreenHouse {
  url: string
  /** Becomes administrator with this token, once. */
  adminClaim: string
  /** An account that acts through the SDK. */
  account(username: string): Promise<Odeon>
  guest(name: string): Promise<Odeon>
  /** A seat in a room, left when the house closes. */
  enter(odeon: Odeon, streamId: string): Promise<LiveConnection>
  databaseUrl: string
  /** Leaves a room no free seat until the answer is called. */
  fill(streamId: string): () => void
  /** A browser of somebody's own: of a stranger, or of an account, signed in. */
  browserOf(username: string | undefined): Promise<BrowserContext>
  /** A page with the SDK in it, of a browser of its own: somebody who sends. */
  program(): Promise<Page>
  /** Sends away whoever sends. */
  dismiss(): Promise<void>
  close(): Promise<void>
}

/** The database is PostgreSQL in a temporary folder; both go with the house. */
export async function openScreenHouse(say: (text: string) => void): Promise<ScreenHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-screens-house-'))
  const postgres = await startEmbeddedPostgres({ dataDir: postgresFolder(dataDir), log: quietLog })
  const config = {
    ...readConfig({ NODE_ENV: 'test', DEMO: 'off', HOST: '127.0.0.1', PORT: '0' }),
    dataDir,
    databaseUrl: postgres.url,
    logLevel: 'warn' as const,
    rateLimitFactor: 10_000,
  }
  const log = createLogger({
    level: config.logLevel,
    destination: { write: (line) => say(`server: ${line.trim()}`) },
  })
  const server = compose(config, log, { progress: silentProgress, passwordCost: 4 })
  const { url, adminClaim = '' } = await server.start()
  const browser = await launchBrowser(await spokenInto())
  const seats: LiveConnection[] = []
  let serve: Awaited<ReturnType<typeof sdkPage>> | undefined
  const programs: BrowserContext[] = []
  const contexts = new Map<string, Promise<BrowserContext>>()

  const openContext = async (username: string | undefined) => {
    const context = await browser.newContext({ viewport: sizes.desktop, locale: 'en-GB' })
    if (username !== undefined) await signIn(context, url, username)
    return context
  }
  return {
    url,
    adminClaim,
    async account(username) {
      const odeon = new Odeon(url, { client: 'program' })
      await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
      return odeon
    },
    async guest(name) {
      const odeon = new Odeon(url, { client: 'program' })
      await odeon.auth.guest({ name })
      return odeon
    },
    async enter(odeon, streamId) {
      const seat = await odeon.live.join(streamId)
      seats.push(seat)
      return seat
    },
    databaseUrl: postgres.url,
    fill: (streamId) => fillRoom(`live_${streamId}`),
    browserOf(username) {
      const key = username ?? ''
      const known = contexts.get(key) ?? openContext(username)
      contexts.set(key, known)
      return known
    },
    async program() {
      serve ??= await sdkPage(url)
      const context = await browser.newContext()
      programs.push(context)
      await serve(context)
      const page = await context.newPage()
      await page.goto(`${url}/sdk-test`)
      await page.waitForFunction(() => 'test' in globalThis)
      return page
    },
    async dismiss() {
      await Promise.all(programs.splice(0).map((context) => context.close()))
    },
    async close() {
      await browser.close()
      await Promise.all(seats.map((seat) => seat.leave()))
      await server.stop()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function signIn(context: BrowserContext, url: string, username: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(`${username}@odeon.test`)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password', { exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  await page.close()
}
