import type { LiveConnection } from '@odeon/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { overflowOf, violationsOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, password, sizes } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('every page in a browser', () => {
  const at = house()
  let stage: LiveConnection
  const ids = { live: '', pending: '', ended: '' }

  beforeAll(async () => {
    const host = await at.person('every_page')
    const open = async (title: string) => (await host.streams.create({ title })).id
    ids.live = await open('Tape loops and warm static')
    ids.pending = await open('Sunrise set on the roof')
    ids.ended = await open('First light')
    // A channel has one stream live at a time, so the finished one comes first.
    const over = await host.live.join(ids.ended)
    await over.start()
    await over.end()
    stage = await host.live.join(ids.live)
    await stage.start()
    await stage.chat.send('welcome, the link is https://odeon.example/tapes')
  })

  const pages: [name: string, path: () => string, ready: string][] = [
    ['home', () => '/', 'Enter the room'],
    ['a live room', () => `/live/${ids.live}`, 'welcome, the link is'],
    ['a room before it starts', () => `/live/${ids.pending}`, 'The curtain rises soon.'],
    ['a room after its end', () => `/live/${ids.ended}`, 'Chat as it was'],
    ['the kept chat', () => `/live/${ids.ended}/log`, 'every_page started the stream.'],
    ['a channel', () => '/channel/every_page', 'Most at once'],
    ['what a search finds', () => '/search?q=every_page', 'Tape loops and warm static'],
    ['an empty search', () => '/search?q=', 'Find people by name'],
    ['notices', () => '/notices', 'Sign in to see what you were told.'],
    ['settings of a channel', () => '/channel/every_page/settings', 'This is not your channel'],
    ['going live', () => '/go-live', 'Going live needs an account'],
    ['signing in', () => '/sign-in', 'New here?'],
    ['settings', () => '/settings', 'Sign in to see your settings.'],
    ['claiming the server', () => '/admin/claim#none', 'this page waits for you'],
    ['nothing', () => '/no/such/page', 'Nothing on this stage'],
  ]

  // Rooms last: who opens one becomes a guest, and some pages greet guests otherwise.
  const [home, ...others] = pages
  const inTurn = home ? [home, ...others.toReversed()] : []

  test('[WEB-40] [WEB-45] every page is accessible, and keeps the policy without a word', async () => {
    const policy = (await fetch(at.url)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    const page = await at.page('/', { theme: 'light', calm: true })
    const wrong: string[] = []
    const look = async (name: string) => {
      wrong.push(...(await violationsOn(page)).map((text) => `${name}: ${text}`))
    }
    // Whatever a page complains about or asks another host fails this test as it ends.
    for (const [name, path, ready] of inTurn) {
      await page.goto(at.url + path())
      await page.getByText(ready).first().waitFor()
      await look(`${name}, light`)
      await page.emulateMedia({ colorScheme: 'dark' })
      await look(`${name}, dark`)
      await page.setViewportSize(sizes.phone)
      await look(`${name}, on a phone`)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(sizes.desktop)
    }
    expect(wrong).toEqual([])
  }, 240_000)

  test('[WEB-41] every page fits every window and any zoom', async () => {
    const page = await at.page('/', { size: 'phone', calm: true })
    // 200 % zoom on a laptop comes to 640 × 400.
    const zoomed = { width: 640, height: 400 }
    for (const [name, path, ready] of inTurn) {
      await page.setViewportSize(sizes.phone)
      await page.goto(at.url + path())
      for (const size of [sizes.phone, sizes.tablet, sizes.desktop, zoomed]) {
        await page.setViewportSize(size)
        await page.getByText(ready).first().waitFor({ state: 'attached' })
        expect(await overflowOf(page), `${name} at ${size.width} px`).toBeLessThanOrEqual(0)
      }
    }
  }, 240_000)

  test('[WEB-40] dialogs, menus and the pages of an account are accessible', async () => {
    const page = await at.page('/', { theme: 'light', calm: true })
    await page.getByRole('button', { name: 'Sign in' }).click()
    const dialog = page.getByRole('dialog')
    expect(await violationsOn(page), 'sign in').toEqual([])
    await dialog.getByRole('button', { name: 'Create your account' }).click()
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
    await dialog.getByText('Enter your email address.').waitFor()
    expect(await violationsOn(page), 'register, with errors').toEqual([])
    await dialog.getByLabel('Username').fill('at_home')
    await dialog.getByLabel('Email').fill('at_home@odeon.test')
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    for (const path of ['/settings', '/go-live', '/admin/claim#none']) {
      await page.goto(at.url + path)
      await page.getByRole('main').getByRole('button').first().waitFor()
      expect(await violationsOn(page), path).toEqual([])
    }
    await page.getByRole('button', { name: 'Account and appearance' }).click()
    await page.getByRole('menu').waitFor()
    expect(await violationsOn(page), 'menu').toEqual([])
  }, 60_000)

  test('[WEB-42] on a phone every control of the room is 44 px and nothing covers another', async () => {
    const page = await at.page(`/live/${ids.live}`, { size: 'phone', calm: true })
    await page.getByText('welcome, the link is').waitFor()
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          '.dock-button, .room-tools .button, .composer-row',
        ),
      ]
        // What is not shown on a phone is no control there.
        .filter((element) => element.checkVisibility())
        .filter((element) => element.getBoundingClientRect().height < 44)
        .map((element) => element.outerHTML),
    )
    expect(small).toEqual([])
    for (const name of ['Heart, 0 so far', 'Send', 'Share']) {
      const button = page.getByRole('button', { name, exact: true })
      const covered = await button.evaluate((element) => {
        const box = element.getBoundingClientRect()
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
        return !element.contains(top)
      })
      expect(covered, name).toBe(false)
    }
    const composer = await page.locator('.composer').boundingBox()
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeGreaterThan(sizes.phone.height * 0.85)
  })

  test('[WEB-43] the keyboard alone is enough: skip, chat by C, leave by Esc, menu by arrows', async () => {
    const page = await at.page(`/live/${ids.live}`)
    await page.getByText('welcome, the link is').waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the content',
    )
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.keyboard.press('c')
    const field = page.getByRole('textbox', { name: 'Message', exact: true })
    await expect.poll(() => field.evaluate((box) => box === document.activeElement)).toBe(true)
    await page.keyboard.type('typed with C only')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('typed with C only').waitFor()
    await page.keyboard.press('Escape')
    expect(await field.evaluate((box) => box === document.activeElement)).toBe(false)
    await page.getByRole('button', { name: 'Account and appearance' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    const hide = page.getByRole('button', { name: 'Hide chat' })
    await hide.focus()
    const ring = await hide.evaluate((button) => getComputedStyle(button).outlineStyle)
    expect(ring).not.toBe('none')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Show chat' }).waitFor()
  })

  test('[WEB-36] the one-time link makes whoever is signed in the administrator, once', async () => {
    const token = await at.claim()
    const page = await at.page(`/admin/claim#${token}`)
    await page.getByRole('main').getByRole('button', { name: 'Create an account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Username').fill('first_keeper')
    await dialog.getByLabel('Email').fill('first_keeper@odeon.test')
    await dialog.getByLabel('Password', { exact: true }).fill(password)
    await dialog.getByRole('button', { name: 'Create account', exact: true }).click()
    await page.getByRole('button', { name: 'Make first_keeper administrator' }).click()
    await page.getByText('first_keeper is administrator now.').waitFor()
    expect(new URL(page.url()).hash, 'the token is gone from the address').toBe('')

    at.allow(/status of 4\d\d/)
    await page.goto(`${at.url}/`)
    await page.goto(`${at.url}/admin/claim#${token}`)
    await page.getByRole('button', { name: 'Make first_keeper administrator' }).click()
    await page.getByRole('alert').waitFor()
  })

  test('[WEB-46] Devanagari has a face of its own, fetched only where it is written', async () => {
    const page = await at.page('/sign-in')
    const fetched = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').filter(({ name }) => name.includes('devanagari')),
      )
    await page.getByText('New here?').waitFor()
    await page.evaluate(() => document.fonts.ready)
    expect(await fetched()).toEqual([])
    await page.getByRole('button', { name: 'Account and appearance' }).click()
    await page.getByRole('menuitemradio', { name: 'नेपाली' }).click()
    await expect.poll(async () => (await fetched()).length).toBe(1)
    await page.getByRole('heading', { name: 'साइन इन' }).waitFor()
    const isReady = () => document.fonts.check('700 20px "Noto Sans Devanagari Variable"', 'साइन')
    await expect.poll(() => page.evaluate(isReady)).toBe(true)
  })

  test('[WEB-44] home follows who is live, and the tab says it', async () => {
    const page = await at.page('/')
    await page.getByRole('link', { name: 'Tape loops and warm static' }).click()
    await page.getByRole('timer').waitFor()
    await expect
      .poll(() => page.title())
      .toMatch(/^● \d+ · Tape loops and warm static · every_page · Odeon$/)
    expect(
      await page.evaluate(() => document.fonts.check('700 20px "Bricolage Grotesque Variable"')),
    ).toBe(true)
  })
})
