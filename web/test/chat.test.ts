import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('the chat in a browser', () => {
  const at = house()
  let host: Odeon
  let stage: LiveConnection
  let path: string
  const seats: LiveConnection[] = []

  beforeAll(async () => {
    host = await at.person('nightowl')
    const stream = await host.streams.create({ title: 'First light' })
    stage = await host.live.join(stream.id)
    await stage.start()
    path = `/live/${stream.id}`
    for (let i = 0; i < 4; i++) {
      const person = await at.person()
      seats.push(await person.live.join(stream.id))
    }
  })

  const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
  const chat = (page: Page) => page.getByRole('log')
  const line = (page: Page, text: string) => page.locator('.chat-line', { hasText: text }).last()
  const say = async (page: Page, text: string) => {
    await field(page).fill(text)
    await field(page).press('Enter')
  }
  const seat = (index: number) => seats[index] ?? stage
  const shown = (page: Page) => page.locator('.chat-lines').innerHTML()

  test('[WEB-107] a line is answered with its quote, and the quote leads to it', async () => {
    const page = await at.page(path)
    await seat(0).chat.send('what is the second record')
    await line(page, 'what is the second record').hover()
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await page.getByText(/^Answering/).waitFor()
    await say(page, 'the one from the market')
    await page.getByText(/^Answering/).waitFor({ state: 'detached' })
    const answer = line(page, 'the one from the market')
    await answer.locator('.chat-quote', { hasText: 'what is the second record' }).waitFor()
    await answer.locator('.chat-quote').click()
    expect(await line(page, 'what is the second record').first().isVisible()).toBe(true)
  })

  test('[WEB-101] a removed line leaves a mark and no text, for viewers and newcomers', async () => {
    const page = await at.page(path)
    const posted = await seat(1).chat.send('this text must vanish')
    await line(page, 'this text must vanish').waitFor()
    const act = await stage.chat.delete(posted.id)
    await page.getByText('Message removed by a moderator').last().waitFor()
    expect(await shown(page)).not.toContain('must vanish')
    const late = await at.page(path)
    await late.getByText('Message removed by a moderator').last().waitFor()
    expect(await shown(late)).not.toContain('must vanish')
    await stage.crew.undo(act?.id ?? '')
    await line(page, 'this text must vanish').waitFor()
  })

  test('[WEB-104] slow mode: a ring fills and one line waits for it', async () => {
    const page = await at.page(path)
    await field(page).waitFor()
    await stage.chat.modes({ slowSeconds: 4 })
    await page.getByText('Slow mode, 4 s', { exact: true }).waitFor()
    await say(page, 'first of two')
    await line(page, 'first of two').waitFor()
    await say(page, 'second of two')
    await page.getByText(/Goes out in/).waitFor()
    await page.locator('.slow-ring').waitFor()
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await chat(page).locator('.chat-lines').getByText('second of two').waitFor()
    await page.getByText(/Goes out in/).waitFor({ state: 'detached' })
    await stage.chat.modes({ slowSeconds: 0 })
  })

  test('[WEB-108] every refusal says why and what to do, and keeps the text', async () => {
    const page = await at.page(path)
    await field(page).waitFor()
    await stage.chat.modes({ emoteOnly: true })
    await page.getByText('Emotes only', { exact: true }).waitFor()
    await say(page, 'words')
    await page.getByText('Only emotes may be sent now. Pick one beside the field.').waitFor()
    expect(await field(page).inputValue()).toBe('words')
    await stage.chat.modes({ emoteOnly: false, followersMinutes: 10 })
    await page.getByText('Followers only, 10 min', { exact: true }).waitFor()
    await page.getByText('Follow nightowl to chat.').waitFor()
    await stage.chat.modes({ followersMinutes: -1 })
    await page.getByText('Followers only, 10 min', { exact: true }).waitFor({ state: 'detached' })
    await say(page, '/nonsense')
    await page.getByText('There is no such command.').waitFor()
    expect(await field(page).inputValue()).toBe('/nonsense')
  })

  test('[WEB-109] a mute takes the place of the field: until when, why, by whom, and the appeal', async () => {
    const page = await at.page(path)
    await say(page, 'somebody to be muted')
    await line(page, 'somebody to be muted').waitFor()
    const posted = await vi.waitFor(() => {
      const found = stage.entries.findLast(
        (entry) => entry.type === 'chat.posted' && entry.text === 'somebody to be muted',
      )
      if (found?.type !== 'chat.posted') throw new Error('not there yet')
      return found
    })
    const act = await stage.members.timeout({
      userId: posted.from.id,
      seconds: 600,
      reason: 'shouting',
    })
    await page
      .getByText(/You are muted until/)
      .first()
      .waitFor()
    await page.getByText('Reason: shouting').waitFor()
    await page.getByText(/By the host\./).waitFor()
    expect(await shown(page)).not.toContain('somebody to be muted')
    await page.getByRole('link', { name: 'Appeal' }).click()
    await page.getByRole('heading', { name: 'You are muted' }).waitFor()
    await page.getByRole('button', { name: 'Send the appeal' }).click()
    await page.getByText('Write a sentence or two first.').waitFor()
    await page.getByRole('textbox', { name: /Say why/ }).fill('It was a song, not a shout.')
    await page.getByRole('button', { name: 'Send the appeal' }).click()
    await page.getByText(/Your appeal waits for a moderator/).waitFor()
    await page.getByRole('link', { name: 'Back to the room' }).click()
    await page
      .getByText(/You are muted until/)
      .first()
      .waitFor()
    await stage.crew.undo(act.id)
    await field(page).waitFor()
    await line(page, 'somebody to be muted').waitFor()
  })

  test('[WEB-110] draft, answer and place outlive a reload', async () => {
    const page = await at.page(path)
    for (let i = 0; i < 24; i++) {
      await vi.waitFor(() => seat(i % 4).chat.send(`filling the room, line ${i}`), {
        timeout: 8_000,
        interval: 200,
      })
    }
    await line(page, 'line 23').waitFor()
    await line(page, 'line 23').hover()
    await page.getByRole('button', { name: 'Answer', exact: true }).click()
    await field(page).fill('half a thou')
    await chat(page).hover()
    await page.mouse.wheel(0, -300)
    await page.getByRole('button', { name: 'To the newest message' }).waitFor()
    const top = () =>
      page.evaluate(() => {
        const box = document.querySelector('.chat-scroll')?.getBoundingClientRect()
        const lines = [...document.querySelectorAll<HTMLElement>('.chat-lines > li')]
        return lines.find((one) => one.getBoundingClientRect().bottom > (box?.top ?? 0))?.dataset
          .key
      })
    const key = await top()
    await page.reload()
    await page.getByRole('button', { name: /To the newest message|new message/ }).waitFor()
    expect(await field(page).inputValue()).toBe('half a thou')
    await page.getByText(/^Answering/).waitFor()
    await page.locator(`[data-key="${key}"]`).waitFor()
    expect(await page.locator(`[data-key="${key}"]`).isVisible()).toBe(true)
  })

  test('[WEB-106] @, : and / complete; the arrow recalls what was sent', async () => {
    const page = await at.page(path)
    await field(page).waitFor()
    await field(page).pressSequentially('hi @nigh')
    await page.getByRole('option', { name: 'nightowl' }).waitFor()
    await field(page).press('Tab')
    expect(await field(page).inputValue()).toBe('hi @nightowl ')
    await field(page).fill('')
    await field(page).pressSequentially('/m')
    await page.getByRole('option', { name: /\/me/ }).waitFor()
    await field(page).press('Enter')
    expect(await field(page).inputValue()).toBe('/me ')
    await field(page).pressSequentially('bows')
    await field(page).press('Enter')
    await page.locator('.chat-line[data-action]', { hasText: 'bows' }).waitFor()
    await field(page).press('ArrowUp')
    expect(await field(page).inputValue()).toBe('/me bows')
  })

  test('[WEB-111] emotes are picked by eye or word, and are images of a known size', async () => {
    const page = await at.page(path)
    await page.getByRole('button', { name: 'Emotes' }).click()
    const picker = page.getByRole('dialog', { name: 'Emotes' })
    await picker.getByRole('button', { name: /^:/ }).first().waitFor()
    const code = (await picker.getByRole('button').first().getAttribute('aria-label')) ?? ''
    await picker.getByRole('searchbox').fill(code.slice(1, -1))
    await picker.getByRole('searchbox').press('Enter')
    expect(await field(page).inputValue()).toBe(`${code} `)
    await field(page).press('Enter')
    const emote = chat(page).locator('.chat-lines').getByRole('img', { name: code }).last()
    await emote.waitFor()
    expect(await emote.getAttribute('width')).toBe('28')
    await expect
      .poll(() => emote.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)
  })

  test('[WEB-112] the keyboard alone reaches every line and what one can do with it', async () => {
    const page = await at.page(path)
    await seat(2).chat.send('a line for the keyboard')
    await line(page, 'a line for the keyboard').waitFor()
    await chat(page).focus()
    await page.keyboard.press('ArrowUp')
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
    expect(await focused()).toContain('a line for the keyboard')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Answer' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await expect.poll(focused).toContain('a line for the keyboard')
    const posted = stage.entries.findLast(
      (entry) => entry.type === 'chat.posted' && entry.text === 'a line for the keyboard',
    )
    if (posted?.type === 'chat.posted') await stage.chat.delete(posted.id)
    await page.getByText('Message removed by a moderator').last().waitFor()
    // The focus stays in the chat although its line is gone.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role="log"]') !== null))
      .toBe(true)
  })
})
