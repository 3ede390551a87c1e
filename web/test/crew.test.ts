import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { violationsOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, password, sizes } from './house.ts'

demandBrowser()
/** Two people sign in by hand. */
const slow = { timeout: 60_000 }

describe.runIf(hasBrowser)('the crew in a browser', () => {
  const at = house()
  let stage: LiveConnection
  let viewer: LiveConnection
  let fan: Odeon
  let path: string

  beforeAll(async () => {
    const host = await at.person('nightowl')
    const stream = await host.streams.create({ title: 'First light' })
    stage = await host.live.join(stream.id)
    await stage.start()
    path = `/live/${stream.id}`
    fan = await at.person('loud_viewer')
    viewer = await fan.live.join(stream.id)
  })

  const hostPage = (options?: Parameters<typeof at.page>[1]) => pageOf('nightowl', options)
  const pageOf = async (who: string, options?: Parameters<typeof at.page>[1]) => {
    const page = await at.page('/sign-in', options)
    await page.getByLabel('Email').fill(`${who}@odeon.test`)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await page.goto(at.url + path)
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
    return page
  }
  const line = (page: Page, text: string) => page.locator('.chat-line', { hasText: text }).last()
  const speak = (text: string) =>
    vi.waitFor(() => viewer.chat.send(text), { timeout: 20_000, interval: 300 })

  test('[WEB-113] beside a line: delete, with an undo for ten seconds and one in the desk', async () => {
    const page = await hostPage()
    await speak('to be taken out')
    await line(page, 'to be taken out').hover()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('A message by loud_viewer was removed.').waitFor()
    expect(await page.locator('.chat-lines').innerHTML()).not.toContain('to be taken out')
    await page.getByRole('button', { name: 'Undo' }).click()
    await line(page, 'to be taken out').waitFor()
    await page.getByText('Undone.').waitFor()
    await page.getByRole('button', { name: /^Crew desk/ }).click()
    await page.getByRole('tab', { name: 'Done' }).click()
    await page
      .getByRole('list', { name: 'Done' })
      .getByText(/An action was undone/)
      .waitFor()
  })

  test('[WEB-113] beside a line: a mute from its presets, felt at once and undone', async () => {
    const page = await hostPage()
    await speak('rather loud')
    await line(page, 'rather loud').hover()
    await page.getByRole('button', { name: 'Mute', exact: true }).click()
    await page.getByRole('menuitem', { name: '10 minutes' }).click()
    await page.getByText('loud_viewer is muted.').waitFor()
    await vi.waitFor(() => expect(viewer.you.standing.sanction?.kind).toBe('timeout'))
    await expect(viewer.chat.send('hello?')).rejects.toMatchObject({ code: 'timed_out' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await vi.waitFor(() => expect(viewer.you.standing.sanction).toBeNull())
    await line(page, 'rather loud').waitFor()
  })

  test('[WEB-113] a held line is decided by keys; the next one takes the focus', async () => {
    const page = await hostPage()
    await page.getByRole('button', { name: /^Crew desk/ }).click()
    await page.getByText('Nothing waits for a decision.').waitFor()
    const texts = ['you are such an idiot mate', 'what an idiot you are, really']
    for (const text of texts) await speak(text)
    const rows = page.locator('.held-row')
    await rows.nth(1).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await rows.first().focus()
    await page.keyboard.press('d')
    await expect.poll(() => rows.count()).toBe(1)
    expect(await rows.first().evaluate((row) => row === document.activeElement)).toBe(true)
    await page.keyboard.press('a')
    await expect.poll(() => rows.count()).toBe(0)
    await page
      .locator('.chat-lines')
      .getByText(texts[1] ?? '')
      .waitFor()
    expect(await page.locator('.chat-lines').innerHTML()).not.toContain(texts[0])
  })

  test('[WEB-113] modes are switched in the desk; pinning and unpinning beside the line', async () => {
    const page = await hostPage()
    await page.getByRole('button', { name: /^Crew desk/ }).click()
    await page.getByRole('tab', { name: 'Modes' }).click()
    await page.getByRole('combobox', { name: 'Slow mode' }).selectOption({ label: '10 seconds' })
    await vi.waitFor(() => expect(stage.state.chat.slowSeconds).toBe(10))
    await page.getByText('No repeats', { exact: true }).click()
    await vi.waitFor(() => expect(stage.state.chat.unique).toBe(true))
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Close the crew desk' }).click()
    await stage.chat.modes({ slowSeconds: 0, unique: false })
    await speak('worth keeping')
    await line(page, 'worth keeping').hover()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Pin' }).click()
    await page.locator('.pinned', { hasText: 'worth keeping' }).waitFor()
    await page.locator('.pinned').getByRole('button', { name: 'Unpin' }).click()
    await page.locator('.pinned').waitFor({ state: 'detached' })
  })

  test(
    '[CHT-27] a VIP is made on the card of a person, who may write long at once',
    slow,
    async () => {
      const [page, theirs] = [await hostPage(), await pageOf('loud_viewer')]
      await stage.chat.send('somebody else')
      await speak('a word from me')
      await line(page, 'a word from me').locator('.chat-name').click()
      const card = page.getByRole('dialog', { name: 'About loud_viewer' })
      await card.getByText('VIPs write up to 1,000 characters').waitFor()
      const field = theirs.getByRole('textbox', { name: 'Message', exact: true })
      const long = 'so much to say '.repeat(66).trim()
      await field.fill(long)
      await theirs.getByText(`${long.length - 500} characters too many`).waitFor()
      await card.getByRole('button', { name: 'Make VIP' }).click()
      await card.getByRole('button', { name: 'No longer VIP' }).waitFor()
      expect(await violationsOn(page)).toEqual([])
      await theirs.getByText(`${1_000 - long.length} characters left`).waitFor()
      await field.press('Enter')
      await line(page, 'so much to say').getByRole('img', { name: 'VIP' }).waitFor()
      await card.getByRole('button', { name: 'No longer VIP' }).click()
      await card.getByRole('button', { name: 'Make VIP' }).waitFor()
      await vi.waitFor(() => expect(viewer.you.standing.isVip).toBe(false))
    },
  )

  test('[WEB-87] a card says to the crew since when somebody follows', async () => {
    await fan.channels.unfollow('nightowl')
    const page = await hostPage()
    await stage.chat.send('who came for the lights?')
    await speak('I came for the lights')
    const name = line(page, 'I came for the lights').locator('.chat-name')
    await name.click()
    const card = page.getByRole('dialog', { name: 'About loud_viewer' })
    await card.getByText('Does not follow this channel').waitFor()
    await fan.channels.follow('nightowl')
    await page.reload()
    await name.click()
    await card.getByText('Followed just now').waitFor()
  })

  test('[WEB-113] a person has a card with what they said, and can be reported by a viewer', async () => {
    const page = await hostPage({ theme: 'light', calm: true })
    // Somebody else between: the name comes again.
    await stage.chat.send('and now')
    await speak('my only line')
    await line(page, 'my only line').locator('.chat-name').click()
    const card = page.getByRole('dialog', { name: 'About loud_viewer' })
    await card.getByText('my only line').waitFor()
    await card.getByRole('button', { name: 'Report' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await card.getByRole('button', { name: 'Report' }).click()
    const dialog = page.getByRole('dialog', { name: 'Report loud_viewer' })
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await dialog.getByText('Choose a reason.').waitFor()
    await dialog.getByRole('radio', { name: 'Spam or advertising' }).check()
    expect(await violationsOn(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Send report' }).click()
    await page.getByText('Thank you. Moderators will look at it.').waitFor()
  })

  test('[WEB-113] on a phone a press opens the same menu, and nothing is under 44 px', async () => {
    const page = await hostPage({ size: 'phone', calm: true })
    await speak('press me')
    const target = line(page, 'press me')
    await target.dispatchEvent('pointerdown', { pointerType: 'touch', bubbles: true })
    const menu = page.getByRole('menu', { name: 'What you can do with this message' })
    await menu.getByRole('menuitem', { name: 'Mute' }).waitFor()
    const heights = await menu
      .getByRole('menuitem')
      .evaluateAll((items) => items.map((item) => (item as HTMLElement).offsetHeight))
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Crew desk/ }).click()
    await page.getByRole('tab', { name: 'Modes' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    const box = await page.locator('.crew-panel').boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(sizes.phone.height)
  })
})
