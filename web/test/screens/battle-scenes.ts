/** A battle that goes on for half an hour, as `npm run screens` shows it, and the challenge. */
import { setTimeout as pause } from 'node:timers/promises'
import type { LiveConnection } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import type { Scene } from './scene.ts'
import type { ScreenHouse } from './screen-house.ts'

/** A point is a hundred. */
const reactionsAtOnce = 10
/** As often as a room takes them. */
const everyMs = 120

export async function battleScenes(house: ScreenHouse): Promise<Scene[]> {
  const opened = async (username: string, title: string) => {
    const host = await house.account(username)
    const { id } = await host.streams.create({ title, category: 'music' })
    const room = await house.enter(host, id)
    await room.start()
    const fan = await house.enter(await house.guest(`Fan of ${username}`), id)
    return { id, room, fan }
  }
  const asha = await opened('asha_strings', 'Sarangi by the window')
  const bela = await opened('bela_drums', 'Madal at midnight')
  await opened('chandra_flute', 'Bansuri for the rain')
  await asha.room.battles.invite({ rivals: [bela.id], minutes: 30, terms: 'Sings for the others' })
  await until(bela.room, 'invited')
  await bela.room.battles.accept()
  await until(asha.room, 'scoring')
  await react(asha.fan, 700)
  await react(bela.fan, 400)
  const battle = { page: 'battle', path: `/live/${asha.id}`, ready: '.battle-head' }
  return [
    { ...battle, state: 'viewer', nepali: true },
    {
      ...battle,
      state: 'host',
      as: 'bela_drums',
      path: `/live/${bela.id}`,
      ready: '.battle-powers',
    },
    { ...battle, state: 'desk', as: 'asha_strings', path: '/studio', ready: '.battle-panel' },
    {
      ...battle,
      state: 'challenge',
      as: 'chandra_flute',
      path: '/studio',
      ready: '.battle-tool',
      act: async (page: Page) => {
        await page.locator('.battle-tool').click()
        await page.locator('.rival').first().click()
      },
      nepali: true,
    },
  ]
}

async function until(room: LiveConnection, phase: string): Promise<void> {
  while (room.state.battle?.phase !== phase) {
    await new Promise((resolve) => {
      const stop = room.onChange(
        (state) => state.battle?.phase,
        () => resolve(stop()),
      )
    })
  }
}

async function react(room: LiveConnection, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += reactionsAtOnce) {
    await room.reactions.send({ kind: 'clap', count: reactionsAtOnce })
    await pause(everyMs)
  }
}
