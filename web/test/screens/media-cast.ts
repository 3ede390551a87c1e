/** Who speaks and is seen when pictures are taken of rooms with media: pages with devices. */
import type { Page } from 'playwright-core'
import type { TestPage } from '../../../client-sdk/src/testing/browser-page.ts'
import { password, type ScreenHouse } from './screen-house.ts'

declare global {
  interface Window {
    test: TestPage
  }
}

const speakers = [
  'Bhagawati Thapa Magar',
  'Chen',
  'दिलमाया गुरुङ',
  'Elif',
  'Farid Ahmad al-Rashid',
  'Gita',
  'Hana',
  'Ishaan',
  'Jo',
]
const listenersCount = 100

export interface VoicesCast {
  /** A room of voices: twelve people sit, three of them speak, a hundred listen. */
  full: string
  /** Another in which its host sits alone. */
  alone: string
}

export async function gatherVoices(house: ScreenHouse): Promise<VoicesCast> {
  const full = await opened(house, { username: 'nima_talks', title: 'What we carry home' })
  for (const name of ['Asha', 'Bikram']) await onStage(house, full.id, { name })
  for (const [index, name] of speakers.entries()) {
    const seat = await house.enter(await house.guest(name), full.id)
    await seat.floor.sit()
    if (index % 3 > 0) await seat.floor.mute(true)
  }
  for (let index = 1; index <= listenersCount; index++) {
    await house.enter(await house.guest(`Listener ${index}`), full.id)
  }
  const alone = await opened(house, { username: 'tara_waits', title: 'Letters to the sea' })
  return { full: full.id, alone: alone.id }
}

/** A live room: a host and two guests who are seen, six more who sit. */
export async function gatherFilm(house: ScreenHouse): Promise<{ id: string; host: Page }> {
  const room = { username: 'rumi_films', title: 'A kitchen at dawn', sees: true }
  const { id, page } = await opened(house, room)
  for (const name of ['Asha', 'Bikram']) await onStage(house, id, { name, sees: true })
  for (const name of speakers.slice(0, 6)) {
    const seat = await house.enter(await house.guest(name), id)
    await seat.floor.sit()
  }
  return { id, host: page }
}

interface Opened {
  username: string
  title: string
  /** Of pictures, too. */
  sees?: boolean
}

/** A room that has begun, with open seats, and its host's page, which sends. */
async function opened(house: ScreenHouse, room: Opened): Promise<{ id: string; page: Page }> {
  const page = await house.program()
  const id = await page.evaluate(
    async ({ username, title, sees, secret }) => {
      const { odeon } = window.test
      const email = `${username}@odeon.test`
      await odeon.auth.register({ username, email, password: secret })
      const medium = sees ? 'video' : 'audio'
      const { id: made } = await odeon.streams.create({ title, medium, category: 'talk' })
      await window.test.join(made)
      const { room: stage } = window.test
      await stage?.start()
      await stage?.floor.openSeats(true)
      if (sees) await stage?.media.publishCamera()
      else await stage?.media.publishMicrophone()
      return made
    },
    { ...room, secret: password },
  )
  return { id, page }
}

/** Somebody who takes a seat and sends. */
async function onStage(
  house: ScreenHouse,
  streamId: string,
  person: { name: string; sees?: boolean },
): Promise<void> {
  const page = await house.program()
  await page.evaluate(
    async ({ id, name, sees }) => {
      await window.test.odeon.auth.guest({ name })
      await window.test.join(id)
      const { room } = window.test
      await room?.floor.sit()
      if (sees) await room?.media.publishCamera()
      else await room?.media.publishMicrophone()
    },
    { id: streamId, ...person },
  )
}
