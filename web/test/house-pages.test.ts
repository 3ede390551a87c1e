import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import * as pictures from '../../server/src/media/testing/pictures.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()

async function register(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create your account' }).click()
  await dialog.getByLabel('Username').fill(username)
  await dialog.getByLabel('Email').fill(`${username}@odeon.test`)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

describe.runIf(hasBrowser)('home, search, channels and the frame in a browser', () => {
  const at = house()
  const stages: LiveConnection[] = []
  let jazz: Odeon

  const goLive = async (host: Odeon, title: string, category: 'music' | 'learn') => {
    const { id } = await host.streams.create({ title, category, language: 'en' })
    const stage = await host.live.join(id)
    await stage.start()
    stages.push(stage)
    return stage
  }

  beforeAll(async () => {
    jazz = await at.person('jazz_cellar')
    await goLive(jazz, 'Night set in the cellar', 'music')
    await goLive(await at.person('proof_reader'), 'Primes before breakfast', 'learn')
  })

  test('[WEB-63] a category is chosen by link, kept in the address, and can be empty', async () => {
    const page = await at.page('/')
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor()
    const filters = page.getByRole('navigation', { name: 'What to show' })
    await filters.getByRole('link', { name: 'Learn' }).click()
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Primes before breakfast' }).waitFor()
    expect(new URL(page.url()).search).toBe('?category=learn')
    expect(await filters.locator('[aria-current]').allTextContents()).toEqual(['Learn'])
    await page.goto(`${at.url}/?category=sport`)
    await page.getByText('Nobody here right now').waitFor()
    await page.getByRole('link', { name: 'Show all rooms' }).click()
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor()
  })

  test('[WEB-44] whoever goes live comes onto the page of somebody who is looking, and leaves it', async () => {
    const page = await at.page('/')
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor()
    const stage = await goLive(await at.person('late_guest'), 'One more before midnight', 'music')
    await page.getByRole('link', { name: 'One more before midnight' }).waitFor()
    await stage.end()
    const ended = page.getByRole('link', { name: 'One more before midnight' })
    await expect.poll(() => page.locator('[data-phase="live"]', { has: ended }).count()).toBe(0)
  })

  test('[WEB-66] the keyboard finds a channel from anywhere', async () => {
    const page = await at.page('/')
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor()
    await page.keyboard.press('/')
    const field = page.getByRole('combobox', { name: 'Search' })
    await expect.poll(() => field.evaluate((box) => box === document.activeElement)).toBe(true)
    await page.keyboard.type('jazz')
    const option = page.getByRole('option', { name: 'jazz_cellar' }).first()
    await option.waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await option.getAttribute('aria-selected')).toBe('true')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/channel/jazz_cellar')
    await page.keyboard.press('Control+k')
    await page.getByRole('listbox').getByRole('option', { name: 'jazz' }).waitFor()
    await page.keyboard.type('zzzz nobody')
    await page.getByText('Nothing found for “zzzz nobody”').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?q=*')
    await page.getByText('Try a part of the name').waitFor()
  })

  test('[WEB-80] a search offers the category, leading to who is live in it', async () => {
    const page = await at.page('/')
    await page.getByRole('combobox', { name: 'Search' }).fill('musi')
    const option = page.getByRole('option', { name: 'Music' })
    await option.waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await option.getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/?category=music')
    await page.getByRole('link', { name: 'Night set in the cellar' }).waitFor()
    await page.goto(`${at.url}/search?q=learn`)
    await page.getByRole('main').getByRole('link', { name: 'Learn', exact: true }).click()
    await page.getByRole('link', { name: 'Primes before breakfast' }).waitFor()
  })

  test('[WEB-81] a stage and what a search finds show the picture of the channel', async () => {
    const picture = new Uint8Array(await pictures.png())
    const { avatarUrl } = await jazz.channels.setAvatar('jazz_cellar', picture)
    const id = avatarUrl?.match(/media\/([0-9a-f]+)/)?.[1]
    expect(id).toBeTruthy()
    const page = await at.page('/channel/jazz_cellar')
    await page.locator(`.channel-live .stage-performer img[src*="${id}"]`).waitFor()
    await page.goto(`${at.url}/search?q=night set`)
    await page.locator(`.card .stage-performer img[src*="${id}"]`).waitFor()
    await page.getByRole('combobox', { name: 'Search' }).fill('night set')
    await page
      .getByRole('option', { name: /^Night set/ })
      .locator(`img[src*="${id}"]`)
      .waitFor()
  })

  test('[WEB-82] the room has a follow button that knows what happens elsewhere', async () => {
    const page = await at.page(`/live/${stages[0]?.streamId}`)
    const follow = page.getByRole('button', { name: /^Follow(ing)? jazz_cellar$/ })
    await follow.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Username').fill('room_follower')
    await dialog.getByLabel('Email').fill('room_follower@odeon.test')
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    await follow.click()
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('true')
    const elsewhere = await page.context().newPage()
    await elsewhere.goto(`${at.url}/channel/jazz_cellar`)
    const there = elsewhere.getByRole('button', { name: /^Follow(ing)? jazz_cellar$/ })
    await expect.poll(() => there.getAttribute('aria-pressed')).toBe('true')
    await there.click()
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    await elsewhere.close()
  })

  test('[WEB-67] following leads to an account, counts at once, and can be undone', async () => {
    const page = await at.page('/channel/jazz_cellar')
    const follow = page.getByRole('button', { name: /^Follow(ing)? jazz_cellar$/ })
    await follow.click()
    await page.getByRole('dialog').getByText('Create your account').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await register(page, 'new_follower')
    await expect.poll(() => follow.getAttribute('aria-pressed')).toBe('false')
    await follow.click()
    const shown = page.locator('.channel-followers .unseen')
    await expect.poll(() => shown.textContent()).toBe('1')
    await follow.click()
    await page.getByRole('button', { name: 'Undo' }).click()
    const count = async () => (await jazz.channels.get('jazz_cellar')).followers
    await expect.poll(count).toBe(1)
    await page.goto(`${at.url}/`)
    await page.getByRole('heading', { name: 'People you follow' }).waitFor()
    await page.getByRole('button', { name: 'Notices' }).click()
    await page.getByText('Nothing yet.').waitFor()
  })

  test('[WEB-71] a dialog gives the focus back to what opened it', async () => {
    const page = await at.page('/')
    const button = page.getByRole('button', { name: 'Sign in', exact: true })
    await button.click()
    await page.getByRole('dialog').getByLabel('Email').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const isBack = () => button.evaluate((it) => it === document.activeElement)
    await expect.poll(isBack).toBe(true)
  })

  test('[WEB-72] without a network there is a page that says so, and nothing old', async () => {
    at.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource|net::ERR/)
    const page = await at.page('/')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
    const names = await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0] ?? '')
      return (await cache.keys()).map(({ url }) => new URL(url).pathname).toSorted()
    })
    expect(names.filter((name) => !/^\/(offline|theme|favicon)/.test(name))).toEqual([])
    await page.context().setOffline(true)
    await page.goto(`${at.url}/channel/jazz_cellar`)
    await page.getByRole('heading', { name: 'The house is out of reach' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: 'jazz_cellar' }).waitFor()
  })
})
