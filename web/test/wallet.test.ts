import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

/** Each look is one more visit of axe. */
const patientMs = 120_000

describe.runIf(hasBrowser)('the wallet in a browser', () => {
  const at = house()
  let host: Odeon
  let stage: LiveConnection

  beforeAll(async () => {
    host = await at.person('purse_host')
    const { id } = await host.streams.create({ title: 'Coins on the table' })
    stage = await host.live.join(id)
    await stage.start()
  })

  const has = (page: Page, coins: number) => page.locator(`.wallet-coins[data-coins="${coins}"]`)
  const rows = (page: Page) => page.locator('.statement-day li')
  const open = (username: string) => at.signedIn(username, '/wallet')

  test('[WEB-194] whoever has nothing is told how coins come, whoever is nobody to sign in', async () => {
    const stranger = await at.page('/wallet')
    await stranger.getByText('Sign in to see what you have.').waitFor()
    await at.person('purse_empty')
    const page = await open('purse_empty')
    await has(page, 0).waitFor()
    await page.getByText('Nothing has moved yet.').waitFor()
    await page.getByText(/^Coins come with the gifts that others send you/).waitFor()
  })

  test(
    '[WEB-195] giver and host read the same gift, live, each from their side, with its receipt',
    async () => {
      const ana = await at.person('purse_ana')
      await at.topUp(ana, 1_000)
      const seat = await ana.live.join(stage.streamId)
      const [own, hosts] = [await open('purse_ana'), await open('purse_host')]
      await has(own, 1_000).waitFor()
      await has(hosts, 0).waitFor()
      await seat.gifts.send({ giftId: 'kite', quantity: 3 })

      await has(own, 700).waitFor()
      await has(hosts, 210).waitFor()
      const paid = own.getByRole('button', { name: /^3 × Kite for purse_host/ })
      await paid.getByText('−300').waitFor()
      await paid.getByText('700 left').waitFor()
      await paid.click()
      const receipt = own.getByRole('region', { name: 'Receipt' })
      const facts = await receipt.locator('dl > div').allTextContents()
      expect(facts.slice(0, 7)).toEqual([
        'What forGifts',
        'Gift3 × Kite',
        'Forpurse_host',
        'InCoins on the table',
        'Cost in all300',
        'You paid300',
        'Left then700',
      ])
      const [line] = (await ana.wallet.statement({ limit: 1 })).lines
      await receipt.getByText(line?.id ?? 'no line').waitFor()

      const got = hosts.getByRole('button', { name: /^3 × Kite from purse_ana/ })
      await got.getByText('+210').waitFor()
      await got.click()
      await hosts.getByText('Your share').waitFor()
      await hosts.getByRole('link', { name: 'Coins on the table' }).click()
      await hosts.getByRole('heading', { name: 'Coins on the table' }).waitFor()
      await seat.leave()
    },
    patientMs,
  )

  test('[WEB-195] many gifts in a row cost the page that shows them few requests', async () => {
    const dhan = await at.person('purse_dhan')
    await at.topUp(dhan, 100)
    const page = await open('purse_dhan')
    await has(page, 100).waitFor()
    await expect.poll(() => rows(page).count()).toBe(1)
    let asked = 0
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.endsWith('/statement')) asked += 1
    })
    const from = performance.now()
    const seat = await dhan.live.join(stage.streamId)
    for (let left = 99; left >= 92; left -= 1) {
      await seat.gifts.send({ giftId: 'rose' })
      await has(page, left).waitFor()
    }
    await expect.poll(() => rows(page).count()).toBe(9)
    expect(asked).toBeLessThanOrEqual(2 + Math.floor((performance.now() - from) / 10_000))
    await seat.leave()
  })

  test(
    '[WEB-195] older lines come page by page, chosen by what they were for',
    async () => {
      const bina = await at.person('purse_bina')
      for (let i = 0; i < 5; i++) await at.topUp(bina, 100)
      const seat = await bina.live.join(stage.streamId)
      for (let i = 0; i < 20; i++) await seat.gifts.send({ giftId: 'rose' })
      const page = await open('purse_bina')
      await has(page, 480).waitFor()
      await expect.poll(() => rows(page).count()).toBe(20)
      await page.getByRole('button', { name: 'Older lines' }).click()
      await expect.poll(() => rows(page).count()).toBe(25)
      const older = page.getByRole('button', { name: 'Older lines' })
      await older.waitFor({ state: 'detached' })
      const numbers = await rows(page).evaluateAll((all) => {
        return all.map((row) => Number(row.getAttribute('data-line')))
      })
      expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index))
      await page.getByLabel('What for').selectOption('topup')
      await expect.poll(() => rows(page).count()).toBe(5)
      await page.getByText('Coins added').last().waitFor()
      await page.getByText('Bonus', { exact: true }).last().click()
      await page.getByText('Nothing has moved yet.').waitFor()
      await seat.leave()
    },
    patientMs,
  )

  test(
    '[WEB-194] the wallet is reached from the menu, fits every window, and speaks Nepali',
    async () => {
      const chen = await at.person('purse_chen')
      await at.topUp(chen, 60_000)
      const seat = await chen.live.join(stage.streamId)
      await seat.gifts.send({ giftId: 'everest' })
      await seat.gifts.send({ giftId: 'momo', quantity: 10 })
      const page = await at.signedIn('purse_chen', '/')
      await page.getByRole('button', { name: 'Account and appearance' }).click()
      await page.getByRole('menuitem', { name: 'Wallet' }).click()
      await page.getByRole('button', { name: /^1 × Everest for purse_host/ }).click()
      await page.getByRole('region', { name: 'Receipt' }).waitFor()
      expect(await wrongInLooks(page, 'wallet', { part: '#content' })).toEqual([])
      await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
      await page.reload()
      await page.getByRole('heading', { name: 'बटुवा' }).waitFor()
      await page.getByRole('button', { name: /purse_host लाई [1१] × सगरमाथा/ }).waitFor()
      await seat.leave()
    },
    patientMs,
  )
})
