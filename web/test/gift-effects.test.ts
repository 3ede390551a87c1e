import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house, type PageOptions } from './house.ts'
import { paintedPixels } from './pixels.ts'

demandBrowser()

/** A canvas is drawn by the processor here, and the machine is shared. */
const patientMs = 120_000
const softwareWebGl = ['--enable-unsafe-swiftshader', '--use-angle=swiftshader']

describe.runIf(hasBrowser)('gifts on the stage, in a browser', () => {
  const at = house({}, softwareWebGl)
  let host: Odeon
  let stage: LiveConnection
  let path: string

  beforeAll(async () => {
    host = await at.person('show_host')
    const { id } = await host.streams.create({ title: 'Fireworks, indoors' })
    stage = await host.live.join(id)
    await stage.start()
    path = `/live/${id}`
  })

  const giver = async (username: string, coins: number) => {
    const person = await at.person(username)
    await at.topUp(person, coins)
    return person
  }
  const open = async (page: Page) => {
    // Reading a canvas back is what these tests do.
    await page.goto(at.url + path)
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    return page
  }
  const visitor = async (options?: PageOptions) => open(await at.page('/', options))
  const canvas = (page: Page) => page.locator('.effect-canvas')
  const painted = (page: Page) =>
    expect.poll(() => paintedPixels(canvas(page)), { timeout: 15_000, interval: 50 })
  const still = (page: Page) => page.locator('.gift-show[data-playing="0"]').waitFor()

  const sendFrom = async (page: Page, name: string, label: string) => {
    await page.getByRole('button', { name: 'Send a gift' }).click()
    const tray = page.getByRole('dialog', { name: 'Gifts' })
    await tray.getByText(/^You have [\d,]+ coins$/).waitFor()
    await tray.getByRole('radio', { name }).click()
    await tray.getByRole('button', { name: label }).click()
    await page.keyboard.press('Escape')
    await tray.waitFor({ state: 'detached' })
  }

  test(
    '[WEB-189] two people give, both see it move, and every total agrees to the coin',
    async () => {
      const people = [await giver('show_ana', 3_000), await giver('show_bina', 900)]
      const pages = [await at.signedIn('show_ana', '/'), await at.signedIn('show_bina', '/')]
      const fetched: string[] = []
      pages[0]?.on('request', (request) => void fetched.push(request.url()))
      for (const page of pages) await open(page)
      expect(await hasCanvasCode(fetched)).toBe(false)
      const [ana, bina] = pages as [Page, Page]

      await sendFrom(ana, 'Comet', 'Send 2,500 coins: 1 × Comet')
      await Promise.all(
        pages.map(async (page) => {
          await page.locator('.gift-card[data-gift="comet"]').waitFor()
          await painted(page).toBeGreaterThan(40)
        }),
      )
      expect(await hasCanvasCode(fetched)).toBe(true)
      await sendFrom(bina, 'Kite', 'Send 100 coins: 1 × Kite')
      await bina.locator('.gift-chip[data-gift="kite"]').waitFor()

      // The stage comes to rest, and both pages say the same as the ledger.
      const ofHost = 1_820
      expect((await host.wallet.balance()).coin).toBe(ofHost)
      const wallets = await Promise.all(people.map(({ wallet }) => wallet.balance()))
      expect(wallets.map(({ coin }) => coin)).toEqual([500, 800])
      expect(stage.state.gifts).toMatchObject({ n: 2, coins: 2_600 })
      for (const [index, page] of pages.entries()) {
        await still(page)
        await painted(page).toBe(0)
        await page.getByRole('button', { name: 'Supporters' }).click()
        const board = page.getByRole('dialog', { name: 'Supporters' })
        await board.getByText('2,600 coins in this stream').waitFor()
        const places = await board.getByRole('list').getByRole('listitem').allTextContents()
        expect(places).toEqual(['1show_ana2,500', '2show_bina100'])
        await page.keyboard.press('Escape')
        await page.getByRole('button', { name: 'Send a gift' }).click()
        await page.getByText(`You have ${[500, 800][index]} coins`).waitFor()
      }
    },
    patientMs,
  )

  test(
    '[WEB-192] whoever asked for less motion sees a card that stands still, and no canvas',
    async () => {
      const seat = await (await giver('show_calm', 20_000)).live.join(stage.streamId)
      const page = await visitor({ calm: true })
      await seat.gifts.send({ giftId: 'danphe' })
      const card = page.locator('.gift-card[data-gift="danphe"]')
      await card.locator('svg.gift-glyph').waitFor()
      expect(await canvas(page).count()).toBe(0)
      await page.getByRole('button', { name: 'Skip' }).click()
      await card.waitFor({ state: 'detached' })
      // The same by one's own choice, where the system asks for nothing.
      const other = await visitor()
      await other.getByRole('button', { name: 'Supporters' }).click()
      await other.getByRole('switch', { name: 'Gifts move on the stage' }).click({ force: true })
      await other.keyboard.press('Escape')
      await seat.gifts.send({ giftId: 'lantern' })
      await other.locator('.gift-show[data-still] .gift-card[data-gift="lantern"]').waitFor()
      expect(await canvas(other).count()).toBe(0)
      await seat.leave()
    },
    patientMs,
  )

  test(
    '[WEB-193] a canvas the graphics card let go of is made anew for the next gift',
    async () => {
      at.allow(/CONTEXT_LOST|context lost|WebGL/i)
      const seat = await (await giver('show_lost', 20_000)).live.join(stage.streamId)
      const page = await visitor()
      await seat.gifts.send({ giftId: 'madal' })
      await painted(page).toBeGreaterThan(20)
      await canvas(page).evaluate((element) => {
        const gl = (element as HTMLCanvasElement).getContext('webgl2')
        gl?.getExtension('WEBGL_lose_context')?.loseContext()
      })
      await canvas(page).waitFor({ state: 'detached' })
      await page.getByRole('log').getByText('sent Madal').waitFor()
      await seat.gifts.send({ giftId: 'confetti' })
      await page.locator('.gift-chip[data-gift="confetti"]').waitFor()
      // A machine that draws too slowly has no canvas any more by then, and says so.
      const isStill = page.locator('.gift-show[data-still]')
      await expect
        .poll(async () => (await isStill.count()) > 0 || (await paintedPixels(canvas(page))) > 20, {
          timeout: 15_000,
          interval: 50,
        })
        .toBe(true)
      await seat.leave()
    },
    patientMs,
  )

  test(
    '[WEB-193] nothing begins or ends on a page nobody looks at',
    async () => {
      const seat = await (await giver('show_hidden', 20_000)).live.join(stage.streamId)
      const page = await visitor()
      const look = (isHidden: boolean) =>
        page.evaluate((hidden) => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
          document.dispatchEvent(new Event('visibilitychange'))
        }, isHidden)
      await seat.gifts.send({ giftId: 'madal' })
      const card = page.locator('.gift-card[data-gift="madal"]')
      await card.waitFor()
      await look(true)
      await seat.gifts.send({ giftId: 'danphe' })
      await page.getByRole('log').getByText('sent Danphe').waitFor()
      await page.waitForTimeout(5_500)
      expect(await card.count()).toBe(1)
      await look(false)
      await page.locator('.gift-card[data-gift="danphe"]').waitFor()
      await page.getByRole('button', { name: 'Skip' }).click()
      await still(page)
      await seat.leave()
    },
    patientMs,
  )
})

/** Files are called by their hash alone: what they are, they say inside. */
async function hasCanvasCode(urls: readonly string[]): Promise<boolean> {
  const files = urls.filter((url) => url.endsWith('.js'))
  const texts = await Promise.all(files.map(async (url) => await (await fetch(url)).text()))
  return texts.some((text) => text.includes('webglcontextlost'))
}
