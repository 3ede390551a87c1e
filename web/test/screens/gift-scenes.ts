/** Gifts as `npm run screens` shows them: the tray, and what they come to. */
import type { Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { topUp } from '../../../server/src/wallet/testing/top-up.ts'
import type { Cast, Scene } from './scene.ts'
import type { ScreenHouse } from './screen-house.ts'

/** A room in which three have given, with a goal and a train, and somebody who has coins left. */
export async function giftScenes(house: ScreenHouse, { viewer }: Cast): Promise<Scene[]> {
  const coins = ({ auth }: Odeon, amount: number) =>
    topUp(house.databaseUrl, auth.user?.id ?? '', amount)
  const host = await house.account('lamp_maker')
  const { id } = await host.streams.create({ title: 'Lamps on the water', category: 'music' })
  const stage = await house.enter(host, id)
  await stage.start()
  await stage.gifts.setGoal({ targetCoins: 2_400, title: 'A second lamp' })
  for (const [username, quantity] of [
    ['anila_gives', 2],
    ['bina_gives', 1],
    ['chandra', 1],
  ] as const) {
    const giver = await house.account(username)
    await coins(giver, 1_000)
    const seat = await house.enter(giver, id)
    await seat.gifts.send({ giftId: 'lantern', quantity })
    await seat.chat.send('for the lamp')
  }
  await coins(viewer, 2_500)
  const gifts = { page: 'gifts', path: `/live/${id}`, as: 'ana_listens' }
  const inRoom = { ...gifts, ready: '.gift-board, .gift-signs' }
  return [
    { ...inRoom, state: 'board', nepali: true },
    { ...inRoom, state: 'board-open', act: (page) => page.locator('.gift-board').click() },
    { ...inRoom, state: 'board-host', as: 'lamp_maker' },
    { ...inRoom, state: 'tray', act: openTray, nepali: true },
    { ...inRoom, state: 'tray-dear', act: orderMany },
  ]
}

async function openTray(page: Page): Promise<void> {
  await page.locator('.gift-button').click()
  await page.locator('.gift-tile').last().waitFor()
}

async function orderMany(page: Page): Promise<void> {
  await openTray(page)
  await page.locator('.gift-tile:not([data-locked])').last().click()
  await page.locator('.gift-own').fill('999')
}
