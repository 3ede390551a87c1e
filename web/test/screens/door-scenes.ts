/** Doors that stay closed, and lines that wait, as `npm run screens` shows them. */
import type { Page } from 'playwright-core'
import type { Cast, Scene } from './scene.ts'

/** Several pictures take longer than a line waits: another follows. */
const sayAgainMs = 9_000
const insults = ['you are such an idiot mate', 'what an idiot you are, really']

export function doorScenes({ ids, fill, sanctions, host, putOut }: Cast): Scene[] {
  const door = { page: 'door', path: `/live/${ids.live}`, ready: '.state h1' }
  const appeal = { page: 'appeal', path: `/appeals/${sanctions.muted_may}` }
  let empty = () => {}
  return [
    {
      ...door,
      state: 'full',
      path: `/live/${ids.quiet}`,
      before: async () => {
        empty()
        empty = fill(ids.quiet)
      },
      after: async () => empty(),
      fine: /503/,
      nepali: true,
    },
    { ...door, state: 'blocked', as: 'blocked_bo', fine: /403/, nepali: true },
    {
      ...door,
      state: 'put-out',
      as: 'put_out_pia',
      ready: '.composer textarea',
      act: async (page) => {
        await host.me.blocks.add(putOut)
        await page.locator('.state h1').waitFor()
      },
      after: () => host.me.blocks.remove(putOut),
    },
    { ...appeal, state: 'open', as: 'muted_may', ready: 'textarea', nepali: true },
    {
      ...appeal,
      state: 'sent',
      as: 'muted_moe',
      path: `/appeals/${sanctions.muted_moe}?room=${ids.live}`,
      ready: '.appeal-text',
    },
    {
      ...appeal,
      state: 'unknown',
      as: 'muted_may',
      path: '/appeals/01890000-0000-7000-8000-00000000dead',
      ready: '.state h1',
    },
    { ...appeal, state: 'stranger', ready: '.state h1' },
  ]
}

/** Whoever is suspended while they are signed in is told so on the next page they open. */
export function suspendedScenes({ admin, suspended }: Cast): Scene[] {
  const page = { page: 'suspended', path: '/suspended' }
  const told = { ...page, as: 'shut_out_sonam', ready: '.appeal h1', fine: /401|403/ }
  let isDone = false
  return [
    { ...page, state: 'stranger', ready: '.state h1', nepali: true },
    { ...page, state: 'not-you', as: 'ana_listens', ready: '.state h1' },
    {
      ...told,
      state: 'told',
      before: async () => {
        if (!isDone) await admin.admin.suspend(suspended, 'Spam in every room, after two warnings.')
        isDone = true
      },
      nepali: true,
    },
    {
      ...told,
      state: 'appealed',
      act: async (at) => {
        await at.locator('textarea').fill('That was my brother at my desk, I am sorry.')
        await at.locator('form button').last().click()
        await at.locator('.appeal-text').waitFor()
      },
    },
  ]
}

export function waitingScenes({ ids, stage, doubter }: Cast): Scene[] {
  const live = { page: 'waiting', path: `/live/${ids.live}`, ready: '.composer textarea' }
  const openDesk = async (page: Page) => {
    await page.locator('.desk-button').click()
    await page.locator('.held-row').first().waitFor()
  }
  let said = 0
  let saying: ReturnType<typeof setInterval> | undefined
  const delayed = async (on: boolean) => {
    clearInterval(saying)
    await stage.chat.modes({ delaySeconds: on ? 30 : 0 })
  }
  const write = async (page: Page, text: string, state: string) => {
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text)
    await page.keyboard.press('Enter')
    await page.locator(`[data-pending="${state}"]`).first().waitFor()
  }
  return [
    {
      ...live,
      state: 'held-moderator',
      as: 'kiran_mod',
      before: async () => {
        for (const text of insults) await doubter.chat.send(text)
      },
      act: openDesk,
    },
    {
      ...live,
      state: 'held-sender',
      as: 'ana_listens',
      act: (page) => write(page, 'only an idiot like you plays this', 'held'),
    },
    {
      ...live,
      state: 'delayed-moderator',
      as: 'kiran_mod',
      before: async () => {
        await delayed(true)
        const say = () => doubter.chat.send(`is that the ${(said += 1)}. tape?`)
        await say()
        saying = setInterval(() => void say(), sayAgainMs)
      },
      act: (page) => page.locator('[data-preview]').first().waitFor(),
      after: () => delayed(false),
    },
    {
      ...live,
      state: 'delayed-sender',
      as: 'ana_listens',
      before: () => delayed(true),
      act: (page) => write(page, 'I had that tape as a child', 'delayed'),
      after: () => delayed(false),
    },
  ]
}
