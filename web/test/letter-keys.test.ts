// Keys of one letter, turned off and on again.
import { setTimeout as delay } from 'node:timers/promises'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'

demandBrowser()

/** With Alt only, and within the part that has the focus: nobody presses that by saying a word. */
const exempt = ['studio/studio-controls.tsx', 'chat/use-latest.ts']

test('[WEB-211] whatever listens to keys of the whole page asks whether letters act', async () => {
  const src = join(import.meta.dirname, '../src')
  const deaf: string[] = []
  for await (const file of glob('**/*.{ts,tsx}', { cwd: src })) {
    const text = await readFile(join(src, file), 'utf8')
    const listens = text.includes("addEventListener('keydown'") && !exempt.includes(file)
    if (listens && !text.includes('mayAct(event)')) deaf.push(file)
  }
  expect(deaf).toEqual([])
})

describe.runIf(hasBrowser)('keys of one letter', () => {
  const at = house()

  test('[WEB-211] turned off they do nothing and are not told of; the others go on', async () => {
    const host = await at.person('quiet_keys')
    const past = await host.streams.create({ title: 'Over and played' })
    const stage = await host.live.join(past.id)
    await stage.start()
    await stage.chat.send('one line')
    const page = await at.signedIn('quiet_keys', '/settings', { calm: true })
    // Long enough for its playing to be seen.
    await delay(2_000)
    await stage.end()
    await stage.leave()
    const live = await host.streams.create({ title: 'On now' })
    const room = await host.live.join(live.id)
    await room.start()

    const turn = async () => {
      await page.goto(`${at.url}/settings`)
      await page.getByText('Keys of one letter').click()
    }
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    const search = page.getByRole('combobox', { name: 'Search' })
    const enter = async () => {
      await page.goto(`${at.url}/live/${live.id}`)
      await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
      await page.keyboard.press('c')
      // The field gets the focus with the next frame.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)))
    }
    await turn()
    await enter()
    expect(await focused()).toBeNull()
    await page.keyboard.press('/')
    expect(await focused()).toBeNull()
    expect(await search.getAttribute('aria-keyshortcuts')).toBe('Control+K')
    await page.keyboard.press('Control+k')
    expect(await focused()).toBe(await search.getAttribute('aria-label'))

    await page.goto(`${at.url}/live/${past.id}`)
    const bar = page.getByRole('group', { name: 'Playing' })
    const play = bar.getByRole('button', { name: 'Play' })
    await play.waitFor()
    expect(await play.getAttribute('title')).toBe('Play')
    await page.keyboard.press('k')
    expect(await play.count()).toBe(1)
    await page.keyboard.press('Space')
    await play.waitFor({ state: 'detached' })

    await turn()
    await enter()
    await expect.poll(focused).toBe('Message')
  })
})
