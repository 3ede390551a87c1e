import type { LiveConnection } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('a past stream', () => {
  const at = house()
  let id = ''

  beforeAll(async () => {
    const host = await at.person('was_live')
    id = (await host.streams.create({ title: 'A night of slow tape' })).id
    const stage: LiveConnection = await host.live.join(id)
    await stage.start()
    for (const text of ['the first line', 'the second line', 'the last line']) {
      await stage.chat.send(text)
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    await stage.end()
    await stage.leave()
  })

  const place = (page: Page) => page.getByRole('slider', { name: 'Place in the stream' })
  const shown = async (page: Page) => Number(await place(page).inputValue())
  const line = (page: Page, text: string) => page.locator('.chat-line', { hasText: text })

  test('[WEB-160] it plays: the chat scrolls by as it did, and what it came to follows', async () => {
    const page = await at.page(`/live/${id}`)
    await page.getByRole('button', { name: 'Play', exact: true }).first().click()
    await line(page, 'the first line').waitFor()
    expect(await line(page, 'the last line').count()).toBe(0)
    await page.getByLabel('Speed').selectOption('4')
    await line(page, 'the last line').waitFor()
    await page.getByText('Minutes watched').waitFor()
  })

  test('[WEB-161] keys play, rest and leap, and leave those who choose or write alone', async () => {
    const page = await at.page(`/live/${id}`)
    const bar = page.getByRole('group', { name: 'Playing' })
    await bar.waitFor()
    await page.keyboard.press('k')
    await bar.getByRole('button', { name: 'Pause' }).waitFor()
    await page.keyboard.press(' ')
    await bar.getByRole('button', { name: 'Play' }).waitFor()
    await page.keyboard.press('l')
    await expect.poll(() => shown(page)).toBeGreaterThan(4_000)
    await page.keyboard.press('j')
    await expect.poll(() => shown(page)).toBe(0)
    await place(page).focus()
    await page.keyboard.press('End')
    await page.getByText('Minutes watched').waitFor()
    await page.keyboard.press('Home')
    await expect.poll(() => shown(page)).toBe(0)
    await page.getByLabel('Speed').focus()
    await page.keyboard.press('l')
    expect(await shown(page)).toBe(0)
  })

  test('[WEB-162] a link leads to a moment, and one can be made', async () => {
    const page = await at.page(`/live/${id}?t=2`)
    await line(page, 'the second line').waitFor()
    expect(await line(page, 'the last line').count()).toBe(0)
    await page.getByRole('button', { name: 'Copy a link to this moment' }).click()
    await page.getByText('Link copied').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `${at.url}/live/${id}?t=2`,
    )
  })

  test('[WEB-163] where nothing can be played the page says why and shows what it came to', async () => {
    const nothing = {
      startedAt: 0,
      durationMs: 0,
      segments: [],
      lost: [],
      pulse: [],
      pulseMs: 1,
      quoted: {},
    }
    const says = {
      none: 'This stream was not recorded.',
      expired: 'The replay was kept for its time and is gone.',
      removed: 'The replay was taken away.',
      lost: 'The replay has been lost.',
      recording: 'The replay is being made ready.',
    }
    for (const [status, text] of Object.entries(says)) {
      const page = await at.page('/')
      await page.route('**/v1/streams/*/replay', (route) =>
        route.fulfill({ json: { status, ...nothing } }),
      )
      await page.goto(`${at.url}/live/${id}`)
      await page.getByText(text).waitFor()
      await page.getByText('Minutes watched').waitFor()
    }
  })

  test('[RPL-09] a replay that is taken away while somebody watches it says so', async () => {
    const page = await at.page('/')
    let isRemoved = false
    // One more segment, which is asked for when the first is over and not there.
    await page.route('**/v1/streams/*/replay', async (route) => {
      const reply = await route.fetch()
      const facts = (await reply.json()) as Facts
      const last = facts.segments.at(-1)!
      const endedAt = last.endedAt + moreMs
      const more = { ...last, name: otherName, startedAt: last.endedAt, endedAt }
      const status = isRemoved ? 'removed' : facts.status
      const durationMs = facts.durationMs + moreMs
      const segments = [...facts.segments, more]
      await route.fulfill({ json: { ...facts, status, durationMs, segments } })
    })
    at.allow(/404/)
    await page.goto(`${at.url}/live/${id}`)
    await place(page).waitFor()
    isRemoved = true
    await place(page).focus()
    await page.keyboard.press('End')
    await page.getByText('The replay was taken away.').waitFor()
    await page.getByText('Minutes watched').waitFor()
  })
})

const moreMs = 60_000
const otherName = '9-9-0123456789abcdef'

interface Facts {
  status: string
  durationMs: number
  segments: { name: string; startedAt: number; endedAt: number }[]
}
