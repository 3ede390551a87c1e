// Two hosts who send, their audiences who give, and a battle between them: real pages, a real
// LiveKit, the ledger in between.
import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { sdkPage } from '../../client-sdk/src/testing/browser.ts'
import type { TestPage } from '../../client-sdk/src/testing/browser-page.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { demandBrowser, hasBrowser, house, password } from './house.ts'
import { keepPicture } from './pictures.ts'
import { watchPictures } from './pixels.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

/** Nothing is told there: rooms find out by themselves. */
const nowhere = 'http://127.0.0.1:9/'
/** A battle takes a minute, and a canvas is drawn by the processor here. */
const slow = { timeout: 300_000 }
const patience = { timeout: 60_000 }
const softwareWebGl = ['--enable-unsafe-swiftshader', '--use-angle=swiftshader']

interface OnAir {
  page: Page
  streamId: string
}

declare global {
  interface Window {
    test: TestPage
  }
}

describe.runIf(canRun)('a battle in two pages', async () => {
  const at = house(canRun ? { media: await privateLiveKit(nowhere) } : {}, softwareWebGl)

  /** Somebody who is live with a camera, through the SDK in a page of its own. */
  const onAir = async (username: string, serve: Awaited<ReturnType<typeof sdkPage>>) => {
    await at.person(username)
    const page = await at.page('/')
    await serve(page.context())
    await page.goto(`${at.url}/sdk-test`)
    await page.waitForFunction(() => 'test' in globalThis)
    const streamId = await page.evaluate(
      async ({ name, secret }) => {
        const { odeon } = window.test
        await odeon.auth.login({ email: `${name}@odeon.test`, password: secret })
        const { id } = await odeon.streams.create({ title: `The house of ${name}` })
        await window.test.join(id)
        await window.test.room?.start()
        await window.test.room?.media.publishCamera()
        return id
      },
      { name: username, secret: password },
    )
    return { page, streamId }
  }
  const watching = async (username: string, streamId: string) => {
    const page = await at.signedIn(username, `/live/${streamId}`)
    await page.getByRole('heading', { name: /^The house of/ }).waitFor()
    return page
  }
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true })
  const give = async (page: Page, name: string, label: string) => {
    await button(page, 'Send a gift').click()
    const tray = page.getByRole('dialog', { name: 'Gifts' })
    await tray.getByRole('radio', { name }).click()
    await tray.getByRole('button', { name: label }).click()
    await page.keyboard.press('Escape')
    await tray.waitFor({ state: 'detached' })
  }
  const challenge = async (asha: OnAir, bela: OnAir) => {
    const rivals = [bela.streamId]
    const terms = 'Sing a song'
    await asha.page.evaluate((asked) => window.test.room?.battles.invite(asked), {
      rivals,
      terms,
      minutes: 1,
    })
    const isAsked = () => window.test.room?.state.battle?.phase === 'invited'
    await bela.page.waitForFunction(isAsked, undefined, patience)
    await bela.page.evaluate(() => window.test.room?.battles.accept())
  }
  const coinsOf = async ({ wallet }: Odeon) => (await wallet.balance()).coin
  const bar = (page: Page) => page.locator('.tug-canvas .effect-canvas')
  const drawn = (page: Page) => page.locator('.tug[data-drawn]').waitFor(patience)
  /** By team, the own one first. */
  const pointsOn = (page: Page) =>
    page
      .locator('.tug-points')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-points')))
  const pointsIn = ({ state, streamId }: LiveConnection) => {
    const sides = state.battle?.sides ?? []
    const own = sides.filter((side) => side.streamId === streamId)
    const others = sides.filter((side) => side.streamId !== streamId)
    return [...own, ...others].map(({ points }) => String(points))
  }

  test(
    '[WEB-200] [WEB-201] [WEB-206] two people give, both see it move, totals and winner agree',
    slow,
    async () => {
      // Whoever comes by an address has not touched the page yet.
      at.allow(/^The AudioContext was not allowed to start/)
      const serve = await sdkPage(at.url)
      const [asha, bela] = [await onAir('duel_asha', serve), await onAir('duel_bela', serve)]
      const [a, b] = [asha.streamId, bela.streamId]
      const [ana, bina] = [await at.person('duel_ana'), await at.person('duel_bina')]
      await at.topUp(ana, 5_000)
      await at.topUp(bina, 5_000)
      const seats = [await ana.live.join(a), await bina.live.join(b)] as const
      const [onA, onB] = [await watching('duel_ana', a), await watching('duel_bina', b)]
      const audience = [onA, onB]
      const had = await Promise.all([ana, bina].map(coinsOf))

      await challenge(asha, bela)
      for (const page of audience) {
        await page.locator('.battle[data-phase="scoring"]').waitFor(patience)
        expect(await page.locator('.battle-pane').count()).toBe(2)
        await drawn(page)
      }
      const shown = await Promise.all(audience.map((page) => watchPictures(bar(page))))
      await give(onA, 'Comet', 'Send 2,500 coins: 1 × Comet')
      await give(onB, 'Kite', 'Send 100 coins: 1 × Kite')
      for (const [index, page] of audience.entries()) {
        // At rest, and on its way to where the gift has pulled it.
        await expect.poll(() => shown[index]?.(), patience).toBeGreaterThan(3)
        await page.locator('.battle-pane:not([data-own]) video[data-moving]').waitFor(patience)
        await keepPicture(page, `battle-scoring-${index}`, '1440-dark')
      }

      for (const page of audience) {
        await page.locator('.battle[data-phase="victory"]').waitFor({ timeout: 120_000 })
        await page.locator('.battle-head').getByText('duel_asha won').waitFor()
        await keepPicture(page, `battle-victory-${audience.indexOf(page)}`, '1440-dark')
        await page
          .getByRole('log')
          .getByText(/^duel_asha won the battle, /)
          .waitFor()
      }
      const [own, other] = await Promise.all(audience.map(pointsOn))
      expect(own).toEqual(pointsIn(seats[0]))
      expect(other).toEqual(pointsIn(seats[1]))
      expect(own).toEqual(other?.toReversed())
      const given = seats.map(({ state }) => state.gifts?.coins)
      expect(given).toEqual([2_500, 100])
      const left = await Promise.all([ana, bina].map(coinsOf))
      expect(left.map((coins, index) => (had[index] ?? 0) - coins)).toEqual([2_500, 100])
      // Its gift counts once or, in a boost, twice; the reactions are none.
      expect(own?.[0]).toBe('2500')
      expect(['100', '200']).toContain(own?.[1])

      for (const page of audience) {
        await page.locator('.battle[data-phase="terms"]').waitFor(patience)
        await page.locator('.battle-terms', { hasText: 'Sing a song' }).waitFor()
      }
      await Promise.all(seats.map((seat) => seat.leave()))
    },
  )
})
