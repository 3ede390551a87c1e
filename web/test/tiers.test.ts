import type { Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

/** Each look is one more visit of axe. */
const patientMs = 120_000

describe.runIf(hasBrowser)('tiers in a browser', () => {
  const at = house()
  let host: Odeon
  let path: string

  beforeAll(async () => {
    host = await at.person('tier_host')
    const { id } = await host.streams.create({ title: 'Gold in the gallery' })
    const stage = await host.live.join(id)
    await stage.start()
    path = `/live/${id}`
  })

  const buyer = async (username: string, coins: number) => {
    const person = await at.person(username)
    if (coins > 0) await at.topUp(person, coins)
    return { person, page: await at.signedIn(username, '/og') }
  }
  const card = (page: Page, level: number) => page.locator(`.tier-card[data-level="${level}"]`)
  const ask = (page: Page) => page.getByRole('alertdialog')

  test(
    '[OG-13] a tier is bought after one question, prolonged, and replaced by a higher one',
    async () => {
      const { page, person } = await buyer('tier_ana', 5_000)
      await page.getByText('5,000', { exact: true }).first().waitFor()
      await card(page, 1).getByRole('button', { name: 'Get tier 1' }).click()
      await ask(page).getByText('It costs 1,000 coins and lasts until').waitFor()
      await ask(page).getByRole('button', { name: 'Cancel' }).click()
      expect((await person.wallet.balance()).coin).toBe(5_000)
      await card(page, 1).getByRole('button', { name: 'Get tier 1' }).click()
      await ask(page).getByRole('button', { name: 'Pay 1,000 coins' }).click()
      await page.getByText(/^You have tier 1 until/).waitFor()
      await card(page, 1).getByText('Yours').waitFor()
      await page.getByText('4,000', { exact: true }).first().waitFor()
      expect(await wrongInLooks(page, 'tiers-mine')).toEqual([])

      await card(page, 1).getByRole('button', { name: 'Add days' }).click()
      await ask(page).getByRole('button', { name: 'Pay 1,000 coins' }).click()
      await page.getByText('3,000', { exact: true }).first().waitFor()
      const { until } = await person.tiers.mine()
      expect(until).toBeGreaterThan(Date.now() + 59 * 86_400_000)

      await card(page, 2).getByRole('button', { name: 'Get tier 2' }).click()
      await ask(page).getByText('nothing of it is given back').waitFor()
      expect(await wrongInLooks(page, 'tiers-ask', { part: '.dialog' })).toEqual([])
      await ask(page).getByRole('button', { name: 'Pay 2,500 coins' }).click()
      await card(page, 2).getByText('Yours').waitFor()
      await card(page, 1).getByText('You have a higher tier.').waitFor()
      await card(page, 3).getByRole('button', { name: 'Get tier 3' }).click()
      await ask(page).getByText('You need 4,500 more coins.').waitFor()
      expect((await person.wallet.balance()).coin).toBe(500)
    },
    patientMs,
  )

  test('[OG-13] what nobody answers is asked again and paid once', async () => {
    at.allow(/ERR_FAILED|Failed to load/)
    const { page, person } = await buyer('tier_bo', 1_500)
    await page.route('**/v1/me/og', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      // It arrives, and the answer is lost.
      await route.fetch()
      await route.abort()
    })
    await card(page, 1).getByRole('button', { name: 'Get tier 1' }).click()
    await ask(page).getByRole('button', { name: 'Pay 1,000 coins' }).click()
    await ask(page).getByText('No answer. Press it again: it is paid once.').waitFor()
    await page.unroute('**/v1/me/og')
    await ask(page).getByRole('button', { name: 'Cancel' }).click()
    await ask(page).waitFor({ state: 'detached' })
    await card(page, 1).getByRole('button').click()
    await ask(page).getByText('No answer. Press it again: it is paid once.').waitFor()
    await ask(page).getByRole('button', { name: 'Pay 1,000 coins' }).click()
    await page.getByText(/^You have tier 1 until/).waitFor()
    expect((await person.wallet.balance()).coin).toBe(500)
  })

  test('[OG-13] while it is under way the question stays', async () => {
    const { page, person } = await buyer('tier_dil', 1_500)
    const { promise: answer, resolve: go } = Promise.withResolvers<void>()
    await page.route('**/v1/me/og', async (route) => {
      if (route.request().method() === 'POST') await answer
      await route.continue()
    })
    await card(page, 1).getByRole('button', { name: 'Get tier 1' }).click()
    await ask(page).getByRole('button', { name: 'Pay 1,000 coins' }).click()
    const cancel = ask(page).getByRole('button', { name: 'Cancel' })
    await expect.poll(() => cancel.isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.mouse.click(5, 5)
    expect(await ask(page).isVisible()).toBe(true)
    go()
    await page.getByText(/^You have tier 1 until/).waitFor()
    expect((await person.wallet.balance()).coin).toBe(500)
  })

  test('[OG-13] [WEB-194] tiers lead to the wallet, and the wallet to the tiers', async () => {
    const { page } = await buyer('tier_esha', 0)
    await page.getByRole('link', { name: 'Open your wallet' }).click()
    await page.getByRole('heading', { name: 'Wallet', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'See the tiers' }).click()
    await page.getByRole('heading', { name: 'Tiers of the house' }).waitFor()
  })

  test('[OG-13] whoever has no account sees the tiers and is led to one', async () => {
    const page = await at.page('/og')
    await card(page, 5).getByText('500 bonus coins a day').waitFor()
    await card(page, 5).getByRole('button', { name: 'Get tier 5' }).click()
    await page.getByRole('dialog').getByLabel('Email').waitFor()
  })

  test(
    '[OG-14] the tray says which tier opens a gift; with it the gift goes, and a name is golden',
    async () => {
      const { page, person } = await buyer('tier_cy', 6_000)
      await page.goto(at.url + path)
      await page.getByRole('button', { name: 'Send a gift' }).click()
      const tray = page.getByRole('dialog', { name: 'Gifts' })
      await tray.getByRole('radio', { name: 'Marigold, 200 coins, locked' }).click()
      await tray.getByText('Marigold is for tier 1 and above.').waitFor()
      expect(await wrongInLooks(page, 'tiers-locked', { part: '.gift-tray' })).toEqual([])
      await person.tiers.buy(2)
      await tray.getByRole('radio', { name: /^Marigold, 200 coins, a medium effect/ }).waitFor()
      await tray.getByRole('radio', { name: 'Crown, 15,000 coins, locked' }).waitFor()
      await tray.getByRole('button', { name: 'Send 200 coins: 1 × Marigold' }).click()
      await expect.poll(async () => (await host.wallet.balance()).coin).toBe(140)
      await page.keyboard.press('Escape')
      await page.getByRole('textbox', { name: /^Message/ }).fill('Look at my name')
      await page.keyboard.press('Enter')
      const line = page.locator('.chat-line', { hasText: 'Look at my name' })
      await line.getByRole('img', { name: 'Tier 2' }).waitFor()
      expect(await line.locator('.chat-name').getAttribute('data-tier')).toBe('2')
      expect(await wrongInLooks(page, 'tiers-chat', { part: '.chat-line' })).toEqual([])
    },
    patientMs,
  )
})
