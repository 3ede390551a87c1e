import type { LiveConnection } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { gatewaysForTests } from '../../server/src/payments/testing/payment-house.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

/** Each look is one more visit of axe. */
const patientMs = 120_000

interface Paged {
  path: string
  /** What a row is, as a selector. */
  rows: string
  older: string
  said: string
}

describe.runIf(hasBrowser)('getting coins in a browser', () => {
  const at = house({ payments: { sandbox: true } })
  let stage: LiveConnection

  beforeAll(async () => {
    const host = await at.person('coin_host')
    const { id } = await host.streams.create({ title: 'Small change' })
    stage = await host.live.join(id)
    await stage.start()
  })

  const open = async (username: string, path = '/coins'): Promise<Page> => {
    await at.person(username)
    return await at.signedIn(username, path)
  }
  const choose = async (page: Page, coins: string) => {
    await page.getByText(coins, { exact: true }).click()
    await page.getByRole('button', { name: /^Pay / }).click()
    await page.getByRole('heading', { name: 'This is the sandbox' }).waitFor()
  }

  test(
    '[PAY-16] whoever buys sees the price, pays, comes back, and the coins are there',
    async () => {
      const stranger = await at.page('/coins')
      await stranger.getByText('Rupees').click()
      await stranger.getByText('50,000 coins', { exact: true }).click()
      expect(await wrongInLooks(stranger, 'coins-stranger')).toEqual([])
      expect(await stranger.getByRole('heading', { name: 'Your payments' }).count()).toBe(0)
      await stranger.getByRole('button', { name: /^Sign in to pay .*1,000$/ }).click()
      await stranger.getByRole('dialog').getByLabel('Email').waitFor()
      const page = await open('coin_ana')
      await page.getByText('You have bought nothing yet.').waitFor()
      expect(await wrongInLooks(page, 'coins-shop')).toEqual([])
      await page.getByText('Rupees').click()
      await choose(page, '5,000 coins')
      await page.getByText(/^5,000 coins for /).waitFor()
      expect(await wrongInLooks(page, 'coins-sandbox')).toEqual([])
      await page.getByRole('button', { name: 'Say it was paid' }).click()
      await page.getByRole('heading', { name: '5,000 coins are yours' }).waitFor()
      await page.getByText('You have 5,000 coins now.').waitFor()
      expect(await wrongInLooks(page, 'coins-paid')).toEqual([])
      await page.getByRole('link', { name: 'To your wallet' }).click()
      await page.locator('.wallet-coins[data-coins="5000"]').waitFor()
      await page.getByRole('button', { name: /^Coins added/ }).waitFor()
      await page.getByRole('link', { name: 'Get coins' }).click()
      await page.locator('.payment-state[data-state="paid"]').waitFor()
    },
    patientMs,
  )

  test('[PAY-17] the page of a payment waits for its confirmation, live, and says each end', async () => {
    const ana = await at.person('coin_bo')
    const page = await at.signedIn('coin_bo', '/coins')
    await page.getByText('Rupees').click()
    await choose(page, '500 coins')
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.goto(`${at.url}/coins/left/${id}`)
    await page.getByRole('heading', { name: 'Not paid yet' }).waitFor()
    await page.goto(`${at.url}/coins/return/${id}`)
    await page.getByRole('heading', { name: 'Waiting for Sandbox' }).waitFor()
    // On another device.
    await ana.payments.sandbox(id, 'pay')
    await page.getByRole('heading', { name: '500 coins are yours' }).waitFor()
    await ana.payments.sandbox(id, 'refund')
    await page.reload()
    await page.getByRole('heading', { name: 'It was given back' }).waitFor()
    const ask = { packId: 'npr_1000', gateway: 'sandbox' } as const
    const { payment } = await ana.payments.checkout(ask)
    await ana.payments.sandbox(payment.id, 'decline')
    await page.goto(`${at.url}/coins/return/${payment.id}`)
    await page.getByRole('heading', { name: 'It was not paid' }).waitFor()
    await page.getByRole('link', { name: 'Choose again' }).waitFor()
    at.allow(/404/)
    await page.goto(`${at.url}/coins/return/${crypto.randomUUID()}`)
    await page.getByRole('heading', { name: 'There is no such payment' }).waitFor()
  })

  test(
    '[PAY-16] what was bought comes page by page; what fails is said and can be tried again',
    async () => {
      const eli = await at.person('coin_eli')
      for (let n = 0; n < 21; n += 1) {
        const ask = { packId: 'npr_1000', gateway: 'sandbox' } as const
        const { payment } = await eli.payments.checkout(ask)
        await eli.payments.sandbox(payment.id, 'pay')
      }
      at.allow(/ERR_FAILED/)
      const tried = async (page: Page, { path, rows, older, said }: Paged) => {
        await page.locator(rows).nth(19).waitFor()
        const away = new RegExp(`${path}\\?(.*&)?before=`)
        await page.route(away, (route) => route.abort())
        await page.getByRole('button', { name: older }).click()
        await page.getByText(said).waitFor()
        await page.unroute(away)
        await page.getByRole('button', { name: 'Try again' }).click()
        await page.locator(rows).nth(20).waitFor()
        expect(await page.getByText(said).count()).toBe(0)
      }
      await tried(await at.signedIn('coin_eli', '/coins'), {
        path: '/v1/payments',
        rows: '.payment-row',
        older: 'Older payments',
        said: 'Your payments are out of reach.',
      })
      await tried(await at.signedIn('coin_eli', '/wallet'), {
        path: '/v1/me/wallet/statement',
        rows: '.statement-day li',
        older: 'Older lines',
        said: 'Your wallet is out of reach.',
      })
    },
    patientMs,
  )

  test(
    '[PAY-17] who owes coins reads so in their wallet, with their payments and on the page of one',
    async () => {
      const fay = await at.person('coin_fay')
      const { payment } = await fay.payments.checkout({ packId: 'npr_5000', gateway: 'sandbox' })
      await fay.payments.sandbox(payment.id, 'pay')
      const seat = await fay.live.join(stage.streamId)
      await seat.gifts.send({ giftId: 'kite', quantity: 20 })
      await seat.leave()
      expect(await fay.payments.sandbox(payment.id, 'refund')).toMatchObject({ coinsOwed: 2_000 })
      const page = await at.signedIn('coin_fay', '/wallet')
      await page.getByText('2,000 coins are still to go back.').waitFor()
      expect(await wrongInLooks(page, 'coins-owed')).toEqual([])
      await page.getByRole('link', { name: 'Get coins' }).click()
      await page.getByRole('heading', { name: 'Your payments' }).waitFor()
      await page.getByText('2,000 coins are still to go back.').waitFor()
      await page.goto(`${at.url}/coins/return/${payment.id}`)
      await page.getByRole('heading', { name: 'It was given back' }).waitFor()
      await page.getByText('2,000 coins are still to go back.').waitFor()
    },
    patientMs,
  )

  test('[PAY-18] who has not enough for a gift is led to where coins are', async () => {
    const page = await open('coin_cy', `/live/${stage.streamId}`)
    await page.getByRole('button', { name: 'Send a gift' }).click()
    const link = page.getByRole('dialog').getByRole('link', { name: 'Get coins' })
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe('/coins')
  })
})

describe.runIf(hasBrowser)('a house that sells no coins, in a browser', () => {
  const at = house({ payments: { sandbox: false } })

  test('[PAY-16] where nothing is sold the page says so, to everybody', async () => {
    const stranger = await at.page('/coins')
    await stranger.getByRole('heading', { name: 'Coins cannot be bought in this house.' }).waitFor()
    await at.person('coin_gil')
    const page = await at.signedIn('coin_gil', '/coins')
    await page.getByText('Whoever runs it has set no way to pay.').waitFor()
    expect(await page.getByRole('button', { name: /pay/i }).count()).toBe(0)
  })
})

const { settings, khalti } = await gatewaysForTests()

describe.runIf(hasBrowser)('a payment that differs from what was asked, in a browser', () => {
  const at = house({ payments: settings })

  test('[PAY-17] where money may have been taken the page says so, and what to quote', async () => {
    const dev = await at.person('coin_dev')
    const ask = { packId: 'npr_1000', gateway: 'khalti' } as const
    const { payment } = await dev.payments.checkout(ask)
    for (const order of khalti.orders.values()) {
      Object.assign(order, { status: 'Completed', amount: 900, transaction: 'txn-look' })
    }
    const page = await at.signedIn('coin_dev', `/coins/return/${payment.id}`)
    await page.getByRole('heading', { name: 'Somebody must look at it' }).waitFor()
    await page.getByText(payment.id).waitFor()
    expect(await page.getByText('Nothing was taken').count()).toBe(0)
    expect(await page.title()).toBe('A payment · Odeon')
    await page.goto(`${at.url}/coins`)
    await page.getByText('Needs a look').waitFor()
  })
})
