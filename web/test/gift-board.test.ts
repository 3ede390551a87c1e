import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house, sizes } from './house.ts'
import { keepPicture, looks, wrongInLooks } from './pictures.ts'

demandBrowser()

/** What has a layout of its own; and what is dark in either theme, as the stage is. */
const someLooks = looks.filter(({ size }) => size !== sizes.tablet)
const darkLooks = looks.filter(({ theme }) => theme === 'dark')
/** Each look is one more visit of axe. */
const patientMs = 120_000

describe.runIf(hasBrowser)('what gifts come to, in a browser', () => {
  const at = house()
  let host: Odeon
  let stage: LiveConnection
  let path: string

  beforeAll(async () => {
    host = await at.person('board_host')
    const { id } = await host.streams.create({ title: 'Lamps on the water' })
    stage = await host.live.join(id)
    await stage.start()
    path = `/live/${id}`
  })

  const giver = async (username: string, coins: number) => {
    const person = await at.person(username)
    await at.topUp(person, coins)
    return person.live.join(stage.streamId)
  }
  let tries = 0
  const line = (page: Page, text: string) => page.locator('.chat-gift', { hasText: text })

  test('[WEB-186] [WEB-187] lines, board, throne, train and goal follow what is given', async () => {
    // What moves on the stage is tried elsewhere.
    const page = await at.page(path, { calm: true })
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    expect(await page.locator('.gift-board, .gift-bar, .goal-none').count()).toBe(0)

    const [ana, bina, chen] = [
      await giver('board_ana', 5_000),
      await giver('board_bina', 5_000),
      await giver('board_chen', 5_000),
    ]
    for (let i = 0; i < 3; i++) await ana.gifts.send({ giftId: 'kite' })
    await line(page, 'sent Kite').getByText('×3', { exact: true }).waitFor()
    expect(await line(page, 'board_ana').count()).toBe(1)
    await page.getByText('board_ana sits on the halo throne.').waitFor()

    await bina.gifts.send({ giftId: 'momo', quantity: 10 })
    await chen.gifts.send({ giftId: 'lantern', quantity: 2 })
    const train = page.getByRole('group', { name: 'Hype train, level 2' })
    await train.getByText('3 on board').waitFor()
    await train.getByText('350 / 2,500').waitFor()

    await page.getByRole('button', { name: 'Supporters' }).click()
    const board = page.getByRole('dialog', { name: 'Supporters' })
    const places = board.getByRole('list').getByRole('listitem')
    await expect
      .poll(() => places.allTextContents())
      .toEqual(['1board_chen1,000', '2board_ana300', '3board_bina250'])
    await board.getByText('1,550 coins in this stream').waitFor()
    await board.getByText('Halo throne').waitFor()
    await page.keyboard.press('Escape')

    // Whoever comes now sees the same, the combo in one line.
    const late = await at.page(path, { calm: true })
    await line(late, 'board_ana').getByText('×3', { exact: true }).waitFor()
    expect(await line(late, 'board_ana').count()).toBe(1)
    await Promise.all([ana, bina, chen].map((room) => room.leave()))
  })

  test(
    '[WEB-188] [WEB-212] the host sets a goal from the room, everybody sees it fill and reached',
    async () => {
      const own = await at.signedIn('board_host', path, { calm: true })
      await own.getByRole('button', { name: 'Set a goal' }).click()
      const dialog = own.getByRole('dialog', { name: 'Set a goal' })
      await dialog.getByLabel('What for').fill('A second lamp')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.getByText('A goal has 1 to 100,000,000 coins.').waitFor()
      await dialog.getByLabel('Coins').fill('400')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })

      const page = await at.page(path, { calm: true })
      const goal = page.getByRole('progressbar', { name: 'A second lamp' })
      await goal.waitFor()
      expect(await page.getByRole('button', { name: 'Change the goal' }).count()).toBe(0)
      const dolma = await giver('board_dolma', 1_000)
      await dolma.gifts.send({ giftId: 'kite' })
      await page.getByText('100 / 400').waitFor()
      expect(await goal.getAttribute('aria-valuetext')).toBe('100 of 400 coins')
      const small = await at.page(path, { size: 'phone', calm: true })
      const signs = small.getByRole('button', { name: /^Supporters/ })
      await signs.waitFor()
      const box = (name: string) =>
        small.locator(name).evaluate((one) => one.getBoundingClientRect())
      const face = await box('.stage-performer .avatar')
      const row = await box('.gift-signs')
      const chat = await box('.room-chat')
      expect(row.bottom).toBeLessThan(face.top)
      expect(row.right).toBeLessThanOrEqual(390)
      expect(chat.top).toBeGreaterThan(face.bottom)
      await signs.click()
      await small.getByRole('dialog', { name: 'Supporters' }).getByText('100 / 400').waitFor()
      await keepPicture(small, 'gift-board-open', '390-dark')
      await small.keyboard.press('Escape')
      const wrong = await wrongInLooks(page, 'gift-board', { part: '.room-chat' })
      expect(wrong).toEqual([])
      await dolma.gifts.send({ giftId: 'kite', quantity: 3 })
      await page.getByText('The goal is reached: A second lamp.').waitFor()
      await page.locator('.goal-bar[data-reached]').waitFor()
      await own.getByRole('button', { name: 'Change the goal' }).click()
      await own.getByRole('button', { name: 'Take it away' }).click()
      await page.locator('.goal-bar').waitFor({ state: 'detached' })
      await dolma.leave()
    },
    patientMs,
  )

  test(
    '[TRE-10] [TRE-11] the host fills a treasure box, viewers claim and read what came of it',
    async () => {
      // Of each try its own: what came of a box is seen for a minute before the next.
      const name = `board_chest${(tries += 1)}`
      const filler = await at.person(name)
      await at.topUp(filler, 1_000)
      const { id } = await filler.streams.create({ title: 'A chest on the water' })
      const there = await filler.live.join(id)
      await there.start()
      const place = `/live/${id}`
      const own = await at.signedIn(name, place, { calm: true })
      const ema = await at.person('board_ema')
      const page = await at.signedIn('board_ema', place, { calm: true })
      const guest = await at.page(place, { calm: true })
      for (const one of [page, guest]) await one.locator('.room-chat').waitFor()
      await own.getByRole('button', { name: 'Fill a treasure box' }).click()
      const dialog = own.getByRole('dialog', { name: 'Fill a treasure box' })
      await dialog.getByLabel('Coins', { exact: true }).fill('5')
      await dialog.getByRole('button', { name: 'Fill the box' }).click()
      await dialog.getByText('A box holds 10 to 1,000,000 coins.').waitFor()
      await dialog.getByLabel('Coins', { exact: true }).fill('500')
      await dialog.getByLabel('Shares').fill('2')
      await dialog.getByLabel('Opens in').selectOption('15 seconds')
      await dialog.getByLabel('Open for').selectOption('10 seconds')
      const filling = await wrongInLooks(own, 'treasure-fill', { part: '.dialog', of: someLooks })
      await dialog.getByRole('button', { name: 'Fill the box' }).click()
      await dialog.waitFor({ state: 'detached' })

      const box = (one: Page) => one.getByRole('region', { name: 'Treasure box' })
      await box(page).getByText('500 coins').waitFor()
      await page.getByText(`${name} filled a treasure box: 500 coins for 2.`).waitFor()
      await box(page).getByText('Stay here').waitFor()
      await guest.getByRole('button', { name: 'Create an account to take part' }).click()
      await guest.getByRole('dialog', { name: 'Create your account' }).waitFor()
      await guest.keyboard.press('Escape')
      await keepPicture(page, 'treasure-waiting', '1440-dark')
      const desk = await at.signedIn(name, '/studio', { calm: true })
      await box(desk).getByText('500 coins').waitFor()
      await keepPicture(desk, 'treasure-desk', '1440-dark')
      // It opens by itself, a quarter of a minute after it was filled.
      await box(page).getByRole('button', { name: 'Claim' }).click({ timeout: 30_000 })
      await box(page).getByText('You take part.').waitFor()
      await box(own).getByText('1 takes part').waitFor()
      await box(page).locator('button[aria-disabled]', { hasText: 'Claim' }).waitFor()
      await box(guest).getByText('This box is for accounts').waitFor()

      await box(page)
        .getByText(/^You got [\d]+ coins?$/)
        .waitFor({ timeout: 30_000 })
      await box(own)
        .getByText(/^\d+ coins? came back to you$/)
        .waitFor()
      await box(guest).getByText('The box is drawn').waitFor()
      await page.getByText(/^1 person got \d+ coins out of the treasure box\.$/).waitFor()
      await box(page).getByRole('button', { name: 'Check the draw' }).click()
      await box(page).getByText('It was drawn as bound before it opened.').waitFor()
      const drawn = await wrongInLooks(page, 'treasure-drawn', { part: '.treasure', of: darkLooks })
      expect([...filling, ...drawn]).toEqual([])
      const { lines } = await ema.wallet.statement({ limit: 1 })
      expect(lines).toMatchObject([{ kind: 'treasure_draw', isReturned: false }])
      await page.goto(`${at.url}/wallet`)
      await page.getByText('From a treasure box').first().waitFor()
    },
    patientMs,
  )
})
