import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

/** Each look is one more visit of axe. */
const patientMs = 120_000

describe.runIf(hasBrowser)('sending gifts in a browser', () => {
  const at = house()
  let host: Odeon
  let stage: LiveConnection
  let path: string

  beforeAll(async () => {
    host = await at.person('gift_host')
    const { id } = await host.streams.create({ title: 'A lamp for everybody' })
    stage = await host.live.join(id)
    await stage.start()
    path = `/live/${id}`
  })

  const giver = async (
    username: string,
    coins: number,
    options?: { size: 'phone' | 'desktop' },
  ) => {
    const person = await at.person(username)
    if (coins > 0) await at.topUp(person, coins)
    // What moves on the stage is tried elsewhere.
    return { person, page: await at.signedIn(username, path, { calm: true, ...options }) }
  }
  const button = (page: Page) => page.getByRole('button', { name: 'Send a gift' })
  const tray = (page: Page) => page.getByRole('dialog', { name: 'Gifts' })
  const gift = (page: Page, name: string) => tray(page).getByRole('radio', { name })
  const many = (page: Page, number: string) => {
    return tray(page).locator('label', { hasText: new RegExp(`^${number}$`) })
  }
  const has = (page: Page, coins: string) => tray(page).getByText(`You have ${coins} coins`)

  test('[WEB-182] one tap sends, the balance follows, and what cannot be paid says what to do', async () => {
    const { page, person } = await giver('gift_ana', 1_000)
    await button(page).click()
    await has(page, '1,000').waitFor()
    await gift(page, 'Kite').click()
    await tray(page).getByRole('button', { name: 'Send 100 coins: 1 × Kite' }).click()
    await has(page, '900').waitFor()
    await many(page, '10').click()
    await tray(page)
      .getByText('You need 100 more coins. Choose a smaller gift or send fewer.')
      .waitFor()
    const own = tray(page).getByRole('textbox', { name: 'Another number' })
    await own.fill('2')
    await tray(page)
      .getByRole('button', { name: /send 2 × Kite again$/ })
      .click()
    await has(page, '700').waitFor()
    await own.fill('0')
    await tray(page).getByText('Send 1 to 999 at once.').waitFor()
    await own.fill('')
    await gift(page, 'Marigold').click()
    await tray(page)
      .getByText(/^Marigold is for tier 1 and above/)
      .waitFor()
    expect([(await person.wallet.balance()).coin, (await host.wallet.balance()).coin]).toEqual([
      700, 210,
    ])
  })

  test('[WEB-182] what the house refuses is said in words, also when the tray is closed', async () => {
    at.allow(/ERR_INTERNET_DISCONNECTED|WebSocket/)
    const { page, person } = await giver('gift_poor', 120)
    await button(page).click()
    await has(page, '120').waitFor()
    await page.context().setOffline(true)
    await page.getByText('Connection lost.').waitFor()
    await gift(page, 'Kite').click()
    await tray(page).getByRole('button', { name: 'Send 100 coins: 1 × Kite' }).click()
    await page.keyboard.press('Escape')
    await tray(page).waitFor({ state: 'detached' })
    const elsewhere = await person.live.join(stage.streamId)
    await elsewhere.gifts.send({ giftId: 'confetti' })
    await page.context().setOffline(false)
    const note = page.getByRole('alert').filter({ hasText: '1 × Kite was not sent.' })
    await note.getByText('You have not enough coins for that.').waitFor({ timeout: 20_000 })
    await note.getByRole('button', { name: 'Close' }).click()
    await note.waitFor({ state: 'detached' })
    expect((await person.wallet.balance()).coin).toBe(70)
    await elsewhere.leave()
  })

  test('[WEB-183] the combo button counts while the combo is open', async () => {
    const { page, person } = await giver('gift_combo', 500)
    await button(page).click()
    await has(page, '500').waitFor()
    await tray(page).getByRole('button', { name: 'Send 1 coin: 1 × Rose' }).click()
    const again = tray(page).getByRole('button', { name: /send 1 × Rose again$/ })
    for (let count = 1; count < 6; count++) {
      await again.and(page.getByRole('button', { name: new RegExp(`^×${count} so far`) })).waitFor()
      await again.click()
    }
    await again.getByText('×6', { exact: true }).waitFor()
    await has(page, '494').waitFor()
    // Nothing more is sent: the button becomes what it was.
    await tray(page).getByRole('button', { name: 'Send 1 coin: 1 × Rose' }).waitFor()
    expect((await person.wallet.balance()).coin).toBe(494)
  })

  test('[WEB-184] the keyboard alone opens, chooses, sends and closes, and the focus comes back', async () => {
    const { page, person } = await giver('gift_keys', 300)
    await button(page).focus()
    await page.keyboard.press('Enter')
    await has(page, '300').waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-gift'))
    await expect.poll(focused).toBe('rose')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('marigold')
    await page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe('kite')
    await page.keyboard.press('Enter')
    await has(page, '200').waitFor()
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab')
      const isInside = await tray(page).evaluate((one) => one.contains(document.activeElement))
      expect(isInside).toBe(true)
    }
    await page.keyboard.press('Escape')
    await tray(page).waitFor({ state: 'detached' })
    await expect
      .poll(() => button(page).evaluate((one) => one === document.activeElement))
      .toBe(true)
    expect((await person.wallet.balance()).coin).toBe(200)
  })

  test('[WEB-181] a gift that gets no answer waits, is marked, and is paid once', async () => {
    at.allow(/ERR_INTERNET_DISCONNECTED|WebSocket/)
    const { page, person } = await giver('gift_patient', 100)
    await button(page).click()
    await has(page, '100').waitFor()
    await page.context().setOffline(true)
    await page.getByText('Connection lost.').waitFor()
    await gift(page, 'Momo').click()
    await tray(page).getByRole('button', { name: 'Send 25 coins: 1 × Momo' }).click()
    await page.locator('.gift-pending', { hasText: '1 × Momo' }).waitFor()
    await has(page, '75').waitFor()
    await page.context().setOffline(false)
    await page.locator('.gift-pending').waitFor({ state: 'detached', timeout: 20_000 })
    expect((await person.wallet.balance()).coin).toBe(75)
  })

  test('[WEB-185] a guest is led to an account; the host has no button', async () => {
    const page = await at.page(path)
    await button(page).click()
    await page.getByRole('dialog', { name: 'Create your account' }).waitFor()
    const own = await at.signedIn('gift_host', path)
    await own.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    expect(await button(own).count()).toBe(0)
  })

  /** What of these does not lie in the window, nor in what it is part of, whole. */
  const cut = (page: Page) =>
    page.locator('.gift-tray').evaluate((dialog) => {
      const frame = (
        dialog.closest('.menu-popover, .dialog-card') ?? dialog
      ).getBoundingClientRect()
      const inside = (part: DOMRect, whole: DOMRect) =>
        part.top >= whole.top - 0.5 &&
        part.bottom <= whole.bottom + 0.5 &&
        part.left >= whole.left - 0.5 &&
        part.right <= whole.right + 0.5
      const view = new DOMRect(0, 0, innerWidth, innerHeight)
      const names = ['.gift-head', '.gift-note', '.gift-quantity', '.gift-own', '.gift-send']
      return names.filter((name) => {
        const box = dialog.querySelector(name)?.getBoundingClientRect()
        const fits = box && box.height > 0 && inside(box, view) && inside(box, frame)
        const spills = [...dialog.querySelectorAll(name)].some(
          (part) => part.scrollWidth > part.clientWidth + 1,
        )
        return !fits || spills
      })
    })
  const windows = [
    [390, 844],
    [360, 640],
    [834, 1112],
    [1440, 900],
    [1280, 720],
    [1024, 560],
  ] as const

  test(
    '[WEB-210] number and send lie whole within every window, however it came to its size',
    async () => {
      const { page } = await giver('gift_fits', 2_500)
      const wrong: string[] = []
      const look = async (when: string) => {
        // The tray comes in with a movement.
        const still = () =>
          page.locator('.gift-tray').evaluate((dialog) => {
            const card = dialog.closest('.menu-popover, .dialog-card')
            return card?.getAnimations().every(({ playState }) => playState !== 'running')
          })
        await expect.poll(still, { timeout: 5_000 }).toBe(true)
        // It finds its place some frames after the window has its size.
        const isWhole = async () => expect(await cut(page)).toEqual([])
        await vi.waitFor(isWhole, 5_000).catch(() => undefined)
        const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
        for (const name of await cut(page)) wrong.push(`${when} at ${width} × ${height}: ${name}`)
      }
      for (const language of ['en', 'ne']) {
        await page.evaluate((to) => localStorage.setItem('odeon.language', to), language)
        await page.reload()
        for (const [width, height] of windows) {
          await page.keyboard.press('Escape')
          await page.locator('.gift-tray').waitFor({ state: 'detached' })
          await page.setViewportSize({ width, height })
          await page.locator('.gift-button').click()
          await page.locator('.gift-tile').last().waitFor()
          await look(`${language}, opened`)
          await page.locator('.gift-tile:not([data-locked])').last().click()
          await page.locator('.gift-own').fill('999')
          await look(`${language}, dear`)
        }
        for (const [width, height] of windows) {
          await page.setViewportSize({ width, height })
          await look(`${language}, resized`)
        }
      }
      expect(wrong).toEqual([])
    },
    patientMs,
  )

  test(
    '[WEB-40] [WEB-41] the tray fits every window, in both themes',
    async () => {
      const { page } = await giver('gift_looks', 2_500)
      await button(page).click()
      await has(page, '2,500').waitFor()
      await gift(page, 'Sky lantern').click()
      expect(await wrongInLooks(page, 'gift-tray', { part: '.gift-tray' })).toEqual([])
    },
    patientMs,
  )
})
