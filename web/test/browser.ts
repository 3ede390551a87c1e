/** The real browser that tests and screens look through, and what it says of a page. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const { CHROMIUM_PATH, CHROMIUM_SHELL_PATH } = process.env
export const chromiumPath = CHROMIUM_PATH ?? '/usr/bin/chromium'
export const hasBrowser = existsSync(chromiumPath)
/** The same Chromium without windows of its own: half the work for the same pages. */
const shellPath = CHROMIUM_SHELL_PATH ?? CHROMIUM_PATH ?? '/usr/bin/chromium-headless-shell'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page that a test hands over without a network cannot know that it is local.
  '--disable-features=LocalNetworkAccessChecks',
  // Two cameras that show a clock, microphones that beep, a screen: had without asking anybody.
  // Each frame is encoded and decoded by the processor, so there are few.
  '--use-fake-device-for-media-stream=device-count=2,fps=10',
  '--use-fake-ui-for-media-stream',
]

export const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 834, height: 1112 },
  desktop: { width: 1440, height: 900 },
} as const

/** `isWhole` where it matters how a browser keeps devices and windows. */
export function launchBrowser(
  more: readonly string[] = [],
  { isWhole = true } = {},
): Promise<Browser> {
  const executablePath = !isWhole && existsSync(shellPath) ? shellPath : chromiumPath
  const args = [...flags, ...more]
  // It ends with this process anyway; tests of stopping send themselves signals.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath, args, ...signals })
}

let shared: { kind: string; browser: Browser } | undefined

/**
 * The browser that the test files of one process look through, one after the other, each in
 * contexts of its own. One of another kind takes its place; the last one ends with the process.
 */
export async function sharedBrowser(
  more: readonly string[] = [],
  { isWhole = false } = {},
): Promise<Browser> {
  const kind = [isWhole ? 'whole' : 'shell', ...more].join(' ')
  if (shared?.kind === kind && shared.browser.isConnected()) return shared.browser
  await shared?.browser.close()
  shared = { kind, browser: await launchBrowser(more, { isWhole }) }
  return shared.browser
}

/** Chromium's driver says so when a picture is taken of a canvas; a page has no part in it. */
const driverNote = new RegExp(
  String.raw`^\[\.WebGL-0x[\da-f]+\] ?GL Driver Message ` +
    String.raw`\(OpenGL, Performance, GL_CLOSE_PATH_NV, High\): GPU stall due to ReadPixels` +
    String.raw`( \(this message will no longer repeat\))?$`,
)

export const isDriverNote = (text: string): boolean => driverNote.test(text)

/** Hands over whatever a page complains about, and whatever it asks of another host. */
export function watch(page: Page, url: string, complain: (text: string) => void): void {
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning'
    if (isComplaint && !isDriverNote(message.text())) {
      complain(`${message.text()} ${message.location().url}`)
    }
  })
  page.on('pageerror', (error) => complain(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url())
    const isOwn = host === new URL(url).host || protocol === 'data:' || protocol === 'blob:'
    if (!isOwn) complain(`request to ${host}`)
  })
}
