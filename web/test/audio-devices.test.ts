// A room of voices in every look, and the microphone that its host chose, also after a reload.
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import {
  privateLiveKit,
  demandLiveKit,
  hasLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { spokenInto } from './speech.ts'
import { begun, button, guest, heardOn, looksRight, nowhere, speaks, until } from './voices.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

describe.runIf(canRun)('voices through a chosen microphone', async () => {
  const at = house(canRun ? { media: await privateLiveKit(nowhere) } : {}, await spokenInto(), {
    isWhole: true,
  })

  const levelMoves = async (page: Page) => {
    const meter = page.getByRole('meter', { name: 'Microphone level' })
    const levels = new Set<string | null>()
    await vi.waitFor(async () => {
      levels.add(await meter.getAttribute('aria-valuenow'))
      expect(levels.size).toBeGreaterThan(3)
    }, until)
  }
  /** Another window of the host's knows that they are heard, mutes them, and takes over. */
  const movesOver = async (host: Page) => {
    const second = await host.context().newPage()
    await second.goto(host.url())
    await button(second, 'Mute your other window').click()
    await button(host, 'Unmute').waitFor()
    await button(second, 'Turn microphone on').click()
    await button(second, 'Mute').waitFor()
    await button(host, 'Mute your other window').waitFor()
    await second.close()
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
  }
  test('[VOI-05] [VOI-07] [VOI-08] [VOI-10] the page with voices in it is accessible in both languages, and a window that is loaded again goes on', async () => {
    const { id, host } = await begun(at, 'mira_looks', 'मिठा रातका कथा')
    const listener = await guest(at, id, 'phone')
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    await speaks(listener, 'mira_looks')
    await looksRight(listener, 'listener')
    await button(host, 'Microphone').press('Enter')
    const microphone = host.getByRole('combobox', { name: 'Microphone' })
    const names = await microphone.locator('option').allTextContents()
    const [wanted = ''] = names.toReversed()
    await microphone.selectOption(wanted)
    await levelMoves(host)
    await host.getByText('We hear you.').waitFor()
    await heardOn(listener)
    await looksRight(host, 'microphone', '.floor-popover')
    await host.keyboard.press('Escape')
    await movesOver(host)
    for (const page of [host, listener]) {
      await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
      await page.reload()
      await page.getByRole('list', { name: 'बोल्नेहरू' }).waitFor()
    }
    await heardOn(listener)
    await speaks(listener, 'mira_looks')
    await button(host, 'माइक').click()
    await expect.poll(() => host.locator('.microphone option:checked').textContent()).toBe(wanted)
    await host.keyboard.press('Escape')
    await looksRight(host, 'host-ne')
    await looksRight(listener, 'listener-ne')
  }, 240_000)
})
