/** A real browser with the SDK in a page of its own, served from the address of a real server. */
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
export const hasBrowser = existsSync(chromiumPath)

/** Says loudly that nothing was tested in a browser; where it must be had, that is a failure. */
export function demandBrowser(): void {
  if (hasBrowser) return
  const text = `No Chromium at ${chromiumPath}: the SDK was NOT tested in a browser.`
  if (process.env.CI) throw new Error(`${text} Install it or set CHROMIUM_PATH.`)
  process.stderr.write(`\n  ${text} Install it, or set CHROMIUM_PATH.\n\n`)
}

export interface TestBrowser {
  /** A browser that was never here. Everything its pages say on the console goes to `logged`. */
  context(): Promise<BrowserContext>
  open(context: BrowserContext): Promise<Page>
  logged: { type: string; text: string }[]
  /** Requests of pages, as `METHOD /path`, their sockets as `WS /path`. */
  requested: string[]
  close(): Promise<void>
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  // The page is handed to the browser without a network, so it cannot know that it is local.
  '--disable-features=LocalNetworkAccessChecks',
  // A camera that shows a clock and a microphone that beeps.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
]

/** No inline code and no `eval`, as on a careful site. */
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self' ws: http:; style-src 'unsafe-inline'"

const html = '<!doctype html><div id="root"></div><script type="module" src="sdk-test.js"></script>'

export async function testBrowser(url: string): Promise<TestBrowser> {
  const serve = await sdkPage(url)
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: flags })
  const logged: TestBrowser['logged'] = []
  const requested: string[] = []
  return {
    logged,
    requested,
    close: () => browser.close(),
    async context() {
      const context = await browser.newContext()
      await serve(context)
      return context
    },
    async open(context) {
      const page = await context.newPage()
      page.on('console', (line) => {
        const [type, text] = [line.type(), line.text()]
        // React greets developers once a page.
        if (!text.includes('React DevTools')) logged.push({ type, text })
      })
      page.on('pageerror', (error) => logged.push({ type: 'uncaught', text: error.message }))
      page.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (pathname.startsWith('/v1/')) requested.push(`${request.method()} ${pathname}`)
      })
      page.on('websocket', (socket) => requested.push(`WS ${new URL(socket.url()).pathname}`))
      await page.goto(`${url}/sdk-test`)
      await page.waitForFunction(() => 'test' in window)
      return page
    },
  }
}

/** Made once for all pages of a process. */
let bundled: Promise<string> | undefined

/** Makes the page; the result serves it to a browser as `/sdk-test` of that address. */
export async function sdkPage(url: string): Promise<(context: BrowserContext) => Promise<void>> {
  const script = await (bundled ??= bundle())
  return async (context) => {
    await context.route(`${url}/sdk-test`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: html,
      }),
    )
    await context.route(`${url}/sdk-test.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: script }),
    )
    await context.route('**/favicon.ico', (route) => route.fulfill({ body: '' }))
  }
}

/** React in its development form, which is the one where StrictMode mounts everything twice. */
async function bundle(): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      // One script: what the SDK fetches when needed is served to this page at once.
      rolldownOptions: { output: { codeSplitting: false } },
      lib: {
        entry: `${import.meta.dirname}/browser-page.ts`,
        formats: ['es'],
        fileName: 'sdk-test',
      },
    },
  })) as Rolldown.RolldownOutput[]
  return output.flatMap(({ output }) => output.map((part) => ('code' in part ? part.code : '')))[0]!
}
