import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { fillRoom } from '../../server/src/platform/testing/full-room.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('the live room in a browser', () => {
  const at = house()
  let host: Odeon
  let stage: LiveConnection
  let path: string

  beforeAll(async () => {
    host = await at.person('nightowl')
    const stream = await host.streams.create({ title: 'First light' })
    stage = await host.live.join(stream.id)
    await stage.start()
    path = `/live/${stream.id}`
  })

  const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
  const chat = (page: Page) => page.getByRole('log')
  const saidIn = (page: Page) => page.locator('.chat-lines .chat-text').allTextContents()
  const say = async (page: Page, text: string) => {
    await field(page).fill(text)
    await field(page).press('Enter')
  }

  test('[WEB-20] two people who never signed up see each other and chat', async () => {
    const [ann, bea] = await Promise.all([at.page(path), at.page(`${path}?as=guest`)])
    await say(ann, 'hello from ann')
    await chat(bea).getByText('hello from ann').waitFor()
    await say(bea, 'hello from <b>bea</b> https://odeon.example/?a=1&b=2')
    await chat(ann).getByText('hello from <b>bea</b>').waitFor()
    const link = chat(ann).getByRole('link', { name: 'https://odeon.example/?a=1&b=2' })
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(await link.getAttribute('rel')).toContain('nofollow')
    await ann.locator('[data-viewers="2"]').waitFor()
    await bea.goto('about:blank')
    await ann.locator('[data-viewers="1"]').waitFor()
  })

  test('[WEB-21] a second viewer is somebody else and leaves the first one signed in', async () => {
    const page = await at.page(path)
    const name = await page.locator('.guest-note span').textContent()
    await field(page).fill('begun by the first')
    await page.waitForFunction(() =>
      localStorage.getItem('odeon.drafts')?.includes('begun by the first'),
    )
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Open as a second viewer' }).click()
    const second = await opened
    await second.locator('.guest-note').waitFor()
    expect(await second.locator('.guest-note span').textContent()).not.toBe(name)
    expect(await field(second).inputValue()).toBe('')
    await field(second).fill('begun by the second')
    await second.reload()
    await second.locator('.guest-note').waitFor()
    expect(await field(second).inputValue()).toBe('begun by the second')
    await page.reload()
    await page.locator('.guest-note').waitFor()
    expect(await page.locator('.guest-note span').textContent()).toBe(name)
    expect(await field(page).inputValue()).toBe('begun by the first')
  })

  test('[WEB-22] too fast is said calmly, and the text is kept', async () => {
    const page = await at.page(path)
    await field(page).waitFor()
    const tooFast = page.getByText(/Too fast|That was too fast/)
    for (let i = 0; !(await tooFast.isVisible()); i++) await say(page, `quick ${i}`)
    expect(await field(page).inputValue()).toMatch(/quick/)
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page
      .getByRole('button', { name: 'Send', exact: true })
      .and(page.locator(':enabled'))
      .waitFor()
  })

  test('[WEB-23] a cut is told, what was written waits, and nothing is lost or doubled', async () => {
    at.allow(/ERR_INTERNET_DISCONNECTED/)
    const page = await at.page(path)
    await say(page, 'before the cut')
    await chat(page).getByText('before the cut').waitFor()
    await page.context().setOffline(true)
    await page.getByText('Connection lost.').waitFor()
    await say(page, 'written while away')
    await page.getByText('Waits for the connection').waitFor()
    for (let i = 0; i < 12; i++) {
      await vi.waitFor(() => stage.chat.send(`missed ${i}`), { timeout: 5_000, interval: 100 })
    }
    await page.context().setOffline(false)
    await page.getByText('Connection lost.').waitFor({ state: 'detached' })
    await page.getByText('Waits for the connection').waitFor({ state: 'detached' })
    await chat(page).locator('.chat-lines').getByText('written while away').waitFor()
    const said = await saidIn(page)
    const missed = said.filter((text) => text.startsWith('missed'))
    expect(missed).toEqual(Array.from({ length: 12 }, (_, i) => `missed ${i}`))
    expect(said.filter((text) => text === 'written while away')).toHaveLength(1)
  })

  test('[WEB-24] reading older lines is never interrupted; a pill leads back', async () => {
    const page = await at.page(path)
    await field(page).waitFor()
    const people = await Promise.all(Array.from({ length: 12 }, () => at.person()))
    const rooms = await Promise.all(people.map((odeon) => odeon.live.join(stage.streamId)))
    const everybody = (text: string) => Promise.all(rooms.map((room) => room.chat.send(text)))
    for (let i = 0; i < 5; i++) await everybody(`filling ${i}`)
    await chat(page).getByText('filling 4').last().waitFor()
    await chat(page).hover()
    await page.mouse.wheel(0, -400)
    await page.getByRole('button', { name: 'To the newest message' }).waitFor()
    const first = chat(page).locator('.chat-line').nth(20)
    const before = await first.boundingBox()
    await vi.waitFor(() => everybody('arrived meanwhile'), { timeout: 8_000, interval: 500 })
    const pill = page.getByRole('button', { name: /new messages/ })
    await pill.waitFor()
    expect((await first.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
    await pill.click()
    await expect.poll(() => chat(page).getByText('arrived meanwhile').last().isVisible()).toBe(true)
    await pill.waitFor({ state: 'detached' })
    await Promise.all(rooms.map((room) => room.leave()))
  })

  test('[WEB-25] a mention is lit for whom it is for, badges say who speaks', async () => {
    const page = await at.page(path)
    const note = (await page.locator('.guest-note span').textContent()) ?? ''
    const renamed = 'Mira'
    expect(note).toContain('You are')
    await page.getByRole('button', { name: 'Change name' }).click()
    await page.getByRole('textbox', { name: 'Your name in chat' }).fill(renamed)
    await page.keyboard.press('Enter')
    await page.getByText('You are Mira.').waitFor()
    await say(page, 'what is my name')
    await chat(page).locator('.chat-name', { hasText: 'Mira' }).waitFor()
    await vi.waitFor(() => stage.chat.send('welcome @mira'), { timeout: 5_000, interval: 200 })
    await chat(page).locator('[data-for-me] .mention-me').waitFor()
    await chat(page).locator('[data-for-me]').getByRole('img', { name: 'Host' }).waitFor()
  })

  test('[WEB-26] taps on a reaction are folded, counted at once and seen by others', async () => {
    const [ann, bea] = await Promise.all([at.page(path), at.page(path)])
    const heart = (page: Page) => page.getByRole('button', { name: /^Heart, / })
    await heart(ann).waitFor()
    await heart(bea).waitFor()
    for (let i = 0; i < 7; i++) await heart(ann).click()
    await ann.getByRole('button', { name: 'Heart, 7 so far' }).waitFor()
    await bea.getByRole('button', { name: 'Heart, 7 so far' }).waitFor()
    expect(stage.state.reactions.heart).toBe(7)
  })

  test('[WEB-27] the field counts down near its limit and refuses what is too long', async () => {
    const page = await at.page(path)
    await field(page).fill('x'.repeat(470))
    await page.getByText('30 characters left').waitFor()
    await field(page).fill('x'.repeat(503))
    await page.getByText('3 characters too many').waitFor()
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
  })

  test('[WEB-88] a full room says so, and is entered when a seat is free', async () => {
    at.allow(/status of 503/)
    const empty = fillRoom(`live_${path.split('/').at(-1)}`)
    const page = await at.page(path)
    await page.getByRole('heading', { name: 'The house is full' }).waitFor()
    empty()
    await page.getByRole('button', { name: 'Try now' }).click()
    await field(page).waitFor()
  })

  test('[WEB-28] a room that does not exist says so', async () => {
    at.allow(/404/)
    const page = await at.page('/live/01890000-0000-7000-8000-00000000dead')
    await page.getByRole('heading', { name: 'This room does not exist' }).waitFor()
  })
})
