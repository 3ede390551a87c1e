// A room of voices as people meet it in a browser: the host, a guest who comes to speak, the crowd.
import { type AudioConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house, sizes } from './house.ts'
import { looks, wrongInLooks } from './pictures.ts'

demandBrowser()

describe.runIf(hasBrowser)('a room of voices in a browser', () => {
  const at = house()

  const few = looks.filter(({ size, theme }) =>
    theme === 'light' ? size === sizes.phone : size === sizes.desktop,
  )
  const looksRight = async (
    page: Page,
    state: string,
    { of = few, ...rest }: Parameters<typeof wrongInLooks>[2] = {},
  ) => expect(await wrongInLooks(page, `voices-${state}`, { of, ...rest })).toEqual([])
  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true })
  const seat = (page: Page, name: string) => page.locator('.seat', { hasText: name })
  /** People of the crowd, as programs. */
  const crowd = async (id: string, names: readonly string[]) => {
    const seats: AudioConnection[] = []
    for (const name of names) {
      const odeon = new Odeon(at.url, { client: 'program' })
      await odeon.auth.guest({ name })
      seats.push(await odeon.audio.join(id))
    }
    return seats
  }

  test('[VOI-01] [VOI-02] [VOI-03] [VOI-04] [VOI-05] [VOI-06] from opening a room to leaving the stage', async () => {
    await at.person('mira_talks')
    const host = await at.signedIn('mira_talks', '/go-live', { calm: true })
    await host.getByRole('radio', { name: /^Voices/ }).check({ force: true })
    await host.getByLabel('Title').fill('What we carry home')
    await looksRight(host, 'go-live')
    await button(host, 'Open the room').click()
    await host.locator('.hall').waitFor()
    await host.getByText('The house is yours.').waitFor()
    await button(host, 'Start').click()
    await host.locator('.live-badge').waitFor()

    const [, id = ''] = /live\/([\w-]+)/.exec(host.url()) ?? []
    const ann = await at.page(`/live/${id}`, { calm: true })
    await seat(ann, 'mira_talks').waitFor()
    const [bea] = await crowd(id, ['Bea', 'Chen', 'Dolma'])
    await bea?.floor.raiseHand()
    await button(ann, 'Raise hand').click()
    await ann.getByText('You are number 2').waitFor()
    await button(host, '2 raised hands').click()
    await host.locator('.hands-hand').nth(1).waitFor()
    await looksRight(host, 'hands', { part: '.floor-popover' })
    await button(host, /^Invite Guest/).click()
    await host.getByText(/is invited to speak/).waitFor()
    await host.keyboard.press('Escape')

    const invitation = ann.getByRole('alertdialog', { name: 'You are invited to speak' })
    await invitation.waitFor()
    await looksRight(ann, 'invited', { part: '.dialog-card' })
    await button(ann, 'Join with microphone').click()
    await seat(ann, 'You').waitFor()
    await invitation.waitFor({ state: 'detached' })

    await button(host, /^Guest \d+ ?Speaker/).click()
    await host.getByRole('menuitem', { name: /^Mute Guest/ }).click()
    await button(ann, 'A moderator muted you').waitFor()
    await host.locator('.floor-note').getByRole('button', { name: 'Undo' }).click()
    await button(ann, /^(Unmute|Turn microphone on)$/).click()
    await button(ann, 'Mute').waitFor()
    await ann.keyboard.press('m')
    await button(ann, 'Unmute').waitFor()
    await ann.locator('#content').focus()
    await ann.keyboard.down('Space')
    await button(ann, 'Mute').waitFor()
    await ann.keyboard.up('Space')
    await button(ann, 'Unmute').waitFor()
    await looksRight(ann, 'speaker')
    await looksRight(host, 'host', { of: looks })

    const home = await at.page('/')
    const card = home.locator(`[data-card="${id}"]`)
    await card.locator('.voices-face').nth(1).waitFor()
    await card.getByText('2 speak. With mira_talks, Guest').waitFor({ state: 'attached' })
    await card.getByRole('link', { name: 'What we carry home' }).click()
    await home.locator('.hall').waitFor()

    await button(ann, 'Leave your seat').click()
    await button(ann, 'Raise hand').waitFor()
    await button(host, 'End').click()
    await host
      .getByRole('alertdialog')
      .getByText(/people are here/)
      .waitFor()
    await button(host, 'End the stream').click()
    for (const page of [host, ann]) {
      await page.getByRole('heading', { name: 'The house lights are up' }).waitFor()
      expect(await page.locator('.floor-bar').count()).toBe(0)
    }
    await looksRight(ann, 'ended')
  }, 240_000)
})
