// A suspended person in a browser: told wherever they are, by keyboard and on a phone, and heard.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Odeon } from '@odeon/sdk'
import { wrongOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('a suspended account', { timeout: 120_000 }, () => {
  const here = house()
  let boss: Odeon
  let other: Odeon
  let streamId = ''

  beforeAll(async () => {
    ;[boss, other] = [await here.person('the_boss'), await here.person('the_other')]
    for (const odeon of [boss, other]) await odeon.admin.claim(await here.claim())
    const host = await here.person('quiet_host')
    streamId = (await host.streams.create({ title: 'On' })).id
  })

  const signIn = async (page: Page, username: string) => {
    await page.getByLabel('Email').fill(`${username}@odeon.test`)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
  }
  const suspend = async (person: Odeon, reason?: string) =>
    await boss.admin.suspend(person.auth.user?.id as string, reason)

  test('[WEB-170] is told in the room, after a reload and at sign-in, appeals by keyboard and is heard', async () => {
    // A page that is left while its socket is being made says so.
    here.allow(/403|401|closed before the connection is established/)
    const person = await here.person('sam_said')
    const page = await here.page('/sign-in')
    await signIn(page, 'sam_said')
    await page.getByText('You are here as sam_said.').waitFor()
    await page.goto(`${here.url}/live/${streamId}`)
    await page.getByRole('textbox', { name: /message/i }).waitFor()
    await suspend(person, 'Spam in every room.')
    const title = page.getByRole('heading', { level: 1, name: 'Your account is suspended' })
    await title.waitFor()
    expect(new URL(page.url()).pathname).toBe('/suspended')
    await page.goto(`${here.url}/channel/quiet_host`)
    await title.waitFor()
    for (const said of ['Spam in every room.', 'No end is set', 'staff']) {
      await page.getByText(said, { exact: true }).waitFor()
    }
    expect(await page.content()).not.toContain('the_boss')

    const elsewhere = await here.page('/sign-in', { size: 'phone', theme: 'light' })
    await signIn(elsewhere, 'sam_said')
    await elsewhere.getByRole('heading', { name: 'Your account is suspended' }).waitFor()
    expect(await wrongOn(elsewhere)).toEqual([])

    await page.getByLabel('Say why this should be lifted').focus()
    await page.keyboard.type('That was my brother at my desk, I am sorry.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Your appeal waits').waitFor()
    expect(await wrongOn(page)).toEqual([])

    const desk = await here.page('/sign-in')
    await signIn(desk, 'the_other')
    await desk.getByText('You are here as the_other.').waitFor()
    await desk.goto(`${here.url}/admin/appeals`)
    await desk.getByText('That was my brother').waitFor()
    await desk.getByRole('button', { name: 'Lift' }).click()
    await desk.getByRole('button', { name: 'Take it back' }).click()
    await desk.getByText('Taken back. The appeal waits again.').waitFor()
    expect(await wrongOn(desk, '.admin-body')).toEqual([])
    await desk.getByRole('button', { name: 'Lift' }).click()
    await desk.getByText('Lifted. They are told.').waitFor()

    await page.getByRole('button', { name: 'See whether it was decided' }).click()
    await page.getByText('It was lifted. You can sign in again.').waitFor()
    await page.getByRole('button', { name: 'Go on to the house' }).click()
    await page.waitForURL(`${here.url}/`)
  })

  test('[WEB-170] a guest is told, too, reads it in Nepali, and leaves it by signing out', async () => {
    here.allow(/403|401/)
    const page = await here.page(`/live/${streamId}`, { size: 'phone' })
    await page.getByRole('textbox', { name: /message/i }).waitFor()
    const { users } = await boss.admin.users({})
    const guest = users.find(({ kind }) => kind === 'guest')
    await boss.admin.suspend(guest?.id as string)
    await page.getByText('No reason was given.').waitFor()
    await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
    await page.reload()
    await page.getByRole('heading', { name: 'तपाईंको खाता निलम्बित छ' }).waitFor()
    expect(await wrongOn(page)).toEqual([])
    await page.getByRole('button', { name: 'यहाँ साइन आउट गर्नुहोस्' }).click()
    await page.waitForURL(`${here.url}/`)
    await page.goto(`${here.url}/suspended`)
    await page.getByText('खाता किन निलम्बित छ पढ्न', { exact: false }).waitFor()
  })
})
