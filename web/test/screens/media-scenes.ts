/** Rooms with voices and pictures in them, as `npm run screens` shows them. */
import type { Page } from 'playwright-core'
import { gatherFilm, gatherVoices } from './media-cast.ts'
import type { Scene } from './scene.ts'
import type { ScreenHouse } from './screen-house.ts'

/** Pages that open by an address alone may not sound yet. */
const fine = /AudioContext was not allowed/
const waitMs = 60_000

export async function voicesScenes(house: ScreenHouse): Promise<Scene[]> {
  const { full, alone } = await gatherVoices(house)
  const room = {
    page: 'voices',
    path: `/live/${full}`,
    fine,
    waitMs,
    ready: '.seat[data-speaking]',
  }
  const host = { ...room, as: 'nima_talks' }
  return [
    { ...room, state: 'listener', nepali: true },
    { ...room, state: 'speaker', act: sit, after: stand },
    { ...host, state: 'host', act: speak, nepali: true },
    { ...host, state: 'microphone', act: openMicrophone },
    { ...host, state: 'hands', act: openHands },
    { ...room, state: 'alone', path: `/live/${alone}` },
    { ...room, state: 'alone-host', as: 'tara_waits', path: `/live/${alone}`, act: speak },
  ]
}

export async function filmScenes(house: ScreenHouse): Promise<Scene[]> {
  const { id, host } = await gatherFilm(house)
  const film = { page: 'film', path: `/live/${id}`, fine, waitMs }
  return [
    { ...film, state: 'guests', ready: '.player-beside video[data-moving]', nepali: true },
    {
      ...film,
      state: 'screen',
      ready: '.face[data-screen] video[data-moving]',
      before: () => host.evaluate(() => window.test.room?.media.publishScreen()),
      after: () => host.evaluate(() => window.test.room?.media.unpublish('screen_share')),
    },
    { ...film, state: 'desk', as: 'rumi_films', path: '/studio', ready: '.guest', nepali: true },
  ]
}

async function speak(page: Page): Promise<void> {
  await page.locator('.floor-mute').waitFor()
  // A window that is loaded again, for the other language, has it on by itself.
  if ((await page.locator('.floor-label', { hasText: 'Turn' }).count()) > 0) {
    await page.locator('.floor-mute').click()
  }
  await page.locator('.floor-mute[data-open]').waitFor()
}

async function sit(page: Page): Promise<void> {
  await page.locator('.floor-choice').first().click()
  await page.locator('.floor-mute[data-open]').waitFor()
}

async function stand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave your seat' }).click()
  await page.locator('.floor-choice').first().waitFor()
}

async function openMicrophone(page: Page): Promise<void> {
  await speak(page)
  await page.getByRole('button', { name: 'Microphone', exact: true }).click()
  await page.locator('.microphone').waitFor()
}

async function openHands(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Raised hands' }).click()
  await page.locator('.hands').waitFor()
}
