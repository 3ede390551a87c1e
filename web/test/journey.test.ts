import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()

const patientMs = 90_000
const record = (what: string, ms: number) =>
  process.stderr.write(`  ${what}: ${Math.round(ms)} ms\n`)

describe.runIf(hasBrowser)('a newcomer, a moderator and the house', () => {
  const at = house()

  const register = async (page: Page, username: string) => {
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Username').fill(username)
    await dialog.getByLabel('Email').fill(`${username}@odeon.test`)
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const field = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
  const line = (page: Page, text: string) => page.locator('.chat-line', { hasText: text }).last()
  const say = async (page: Page, text: string) => {
    await field(page).fill(text)
    await field(page).press('Enter')
    await line(page, text).waitFor()
  }
  /** Resolves with the moment of the last press. */
  const mute = async (page: Page, text: string) => {
    await line(page, text).hover({ force: true })
    await page.locator('.line-tools').getByRole('button', { name: 'Mute' }).click()
    const from = performance.now()
    await page.getByRole('menuitem', { name: '10 minutes' }).click()
    return from
  }
  const mutedNote = (page: Page) => page.getByRole('region', { name: /^You are muted until/ })

  /** A live stream with a moderator, somebody who reports, and an administrator. */
  const openHouse = async () => {
    const [host, moderator, keeper, reporter] = await Promise.all(
      ['j_host', 'j_moderator', 'j_keeper', 'j_reporter'].map((name) => at.person(name)),
    )
    await keeper!.admin.claim(await at.claim())
    const { id } = await host!.streams.create({ title: 'A quiet evening', category: 'talk' })
    const stage = await host!.live.join(id)
    await stage.start()
    const userId = moderator!.auth.user?.id ?? ''
    await stage.members.grant({ userId, role: 'moderator' })
    return { stage, id, reporter: reporter! }
  }

  /** From the first page to the first words. */
  const arrive = async (id: string) => {
    const page = await at.page('/')
    await page.getByRole('link', { name: 'A quiet evening' }).first().waitFor()
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await page.getByRole('button', { name: 'Create your account' }).click()
    await register(page, 'j_newcomer')
    await page.goto(`${at.url}/channel/j_host`)
    const follow = page.getByRole('button', { name: /^Follow(ing)? j_host$/ })
    await follow.click()
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true')
    await page.goto(`${at.url}/live/${id}`)
    await say(page, 'first words of a newcomer')
    return page
  }

  /** Muted, let go by Undo, and muted for good. */
  const moderate = async (id: string, page: Page) => {
    const desk = await at.signedIn('j_moderator', `/live/${id}`)
    await mute(desk, 'first words')
    await mutedNote(page).waitFor()
    await desk.getByRole('button', { name: 'Undo' }).click()
    await mutedNote(page).waitFor({ state: 'detached' })
    await say(page, 'words after the undo')
    await desk.locator('.desk-notice-close').click()
    const from = await mute(desk, 'words after the undo')
    await mutedNote(page).waitFor()
    record('muted on their screen after the moderator’s press', performance.now() - from)
    await page.getByText('By a moderator.').waitFor()
    await page.getByText('You can go on watching.').waitFor()
  }

  const appeal = async (page: Page) => {
    await page.getByRole('link', { name: 'Appeal' }).click()
    await page.getByRole('textbox').last().fill('I was only greeting everybody in the room.')
    await page.getByRole('button', { name: 'Send the appeal' }).click()
    await page.getByText('Your appeal waits for a moderator.').waitFor()
  }

  /** The queue, its undo, and the appeal. */
  const decide = async () => {
    const admin = await at.signedIn('j_keeper', '/admin/queue')
    const flag = admin.getByRole('button', { name: /Spam.*first words/ })
    await flag.waitFor()
    await admin.getByText('In its place in the chat').waitFor()
    await admin.keyboard.press('a')
    await admin.getByText('Closed without action.').waitFor()
    await admin.getByText('The queue is empty').waitFor()
    await admin.keyboard.press('u')
    await flag.waitFor()
    await admin.getByRole('link', { name: 'Appeals' }).click()
    await admin.getByText('I was only greeting everybody in the room.').waitFor()
    await admin.getByRole('button', { name: 'Lift' }).click()
    await admin.getByText('Lifted. They are told.').waitFor()
    return admin
  }

  const readAudit = async (admin: Page) => {
    await admin.getByRole('link', { name: 'Audit log' }).click()
    const entries = [
      ['Mute', 'j_moderator'],
      ['Undone', 'j_moderator'],
      ['Role given', 'j_host'],
      ['Administrator claimed', 'j_keeper'],
    ] as const
    for (const [kind, who] of entries) {
      const rows = admin.getByRole('row').filter({ hasText: kind }).filter({ hasText: who })
      await rows.first().waitFor()
    }
  }

  test(
    '[WEB-150] signs up, follows, chats, is muted within a second, knows why, appeals and is heard',
    async () => {
      const { stage, id, reporter } = await openHouse()
      const page = await arrive(id)
      const [said] = (await stage.history()).entries.filter(({ type }) => type === 'chat.posted')
      const targetId = said?.type === 'chat.posted' ? said.id : ''
      await reporter.reports.send({ targetType: 'message', targetId, streamId: id, reason: 'spam' })
      await moderate(id, page)

      // A second tab and a reload find the same place and the same standing.
      const second = await page.context().newPage()
      await second.goto(`${at.url}/live/${id}`)
      await mutedNote(second).waitFor()
      await page.reload()
      await mutedNote(page).waitFor()

      await appeal(page)
      const admin = await decide()
      await mutedNote(second).waitFor({ state: 'detached' })
      await page.getByText('It was lifted. You may chat again.').waitFor()
      await readAudit(admin)
      await stage.leave()
    },
    patientMs,
  )

  test(
    "[WEB-151] a third person's lobby follows a stream's start and end without a reload",
    async () => {
      const host = await at.person('l_host')
      const page = await at.page('/')
      const { id } = await host.streams.create({ title: 'Here and gone' })
      const stage = await host.live.join(id)
      const card = page.getByRole('link', { name: 'Here and gone' }).first()
      await page.getByRole('heading').first().waitFor()
      let from = performance.now()
      await stage.start()
      await card.waitFor()
      record('in the lobby after the start', performance.now() - from)
      await page.evaluate(() => Object.assign(window, { isSamePage: true }))
      from = performance.now()
      await stage.end()
      await page.locator('[data-phase="live"]', { hasText: 'Here and gone' }).waitFor({
        state: 'detached',
      })
      record('out of the lobby after the end', performance.now() - from)
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
      await stage.leave()
    },
    patientMs,
  )
})
