import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Odeon } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { wrongInLooks } from './pictures.ts'

demandBrowser()

const tabs = ['profile', 'schedule', 'chat', 'emotes', 'crew', 'lists', 'reviewer'] as const

describe.runIf(hasBrowser)('settings of a channel in a browser', () => {
  const at = house({ reviewerLoopback: true })
  const asked: string[] = []
  const reviewer = createServer((request, response) => {
    asked.push(String(request.headers['x-odeon-signature']))
    request.resume().on('end', () => response.end(JSON.stringify({ decision: 'deny' })))
  })
  let owner: Odeon
  let troll: Odeon
  let guest: Odeon

  beforeAll(async () => {
    await new Promise<void>((resolve) => reviewer.listen(0, '127.0.0.1', resolve))
    const names = ['lamp_keeper', 'door_keeper', 'loud_troll', 'quiet_guest']
    const people = await Promise.all(names.map((name) => at.person(name)))
    for (const one of people) await one.streams.create({ title: 'An evening' })
    owner = people[0]!
    troll = people[2]!
    guest = people[3]!
    const { banLists } = people[1]!.channels
    const { id } = await banLists.make('door_keeper', {
      name: 'Loud ones',
      about: 'Shouting and spam on three evenings or more.',
      isPublished: true,
    })
    await banLists.add('door_keeper', id, { userId: idOf(troll), reason: 'Spam in every room' })
    await owner.channels.grant('lamp_keeper', idOf(guest), 'moderator')
  })
  afterAll(() => {
    reviewer.close()
    reviewer.closeAllConnections()
  })

  const settings = (tab: (typeof tabs)[number]) => `/channel/lamp_keeper/settings?tab=${tab}`
  const open = async (tab: (typeof tabs)[number]) => {
    const page = await at.signedIn('lamp_keeper', settings(tab), { calm: true })
    await page.getByRole('heading', { name: 'Edit channel' }).waitFor()
    return page
  }
  const confirm = (page: Page, name: string) =>
    page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click()

  test('[WEB-78] who has not streamed yet opens their channel and dresses it', async () => {
    at.allow(/Failed to load resource.*404/)
    await at.person('early_bird')
    const page = await at.signedIn('early_bird', '/channel/early_bird/settings', { calm: true })
    await page.getByRole('button', { name: 'Open my channel' }).click()
    await page.getByRole('heading', { name: 'Edit channel' }).waitFor()
  })

  test('[WEB-74] a list is made, filled and published; what is refused is told with what to do', async () => {
    at.allow(/Failed to load resource.*(404|409|403|422)/)
    const page = await open('lists')
    await page.getByText('You keep no list yet.').waitFor()
    await page.getByRole('button', { name: 'New list' }).click()
    await page.getByRole('button', { name: 'New list' }).click()
    await page.getByText('A list needs a name.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Moths')
    await page.getByLabel('Who is on it').fill('They fly into the lamp.')
    await page.getByRole('button', { name: 'New list' }).click()
    await page.getByRole('heading', { name: 'Moths' }).waitFor()
    await page.getByRole('button', { name: 'Show people on Moths' }).click()
    const add = page.getByRole('button', { name: 'Add to the list' })
    const username = page.getByRole('combobox', { name: 'Username or name' })
    await add.click()
    await page.getByText('Say who.').waitFor()
    await username.fill('nobody_at_all')
    await add.click()
    await page.getByText('Nobody has that username.').waitFor()
    await username.fill('lamp_keeper')
    await add.click()
    await page.getByText('cannot be put on a list').waitFor()
    await username.fill('loud_troll')
    await page.getByLabel('Until').fill('2020-01-01T20:00')
    await add.click()
    await page.getByText('That time is over.').waitFor()
    await page.getByLabel('Until').fill('2090-01-01T20:00')
    await page.getByLabel('Reason').fill('Shouts')
    await add.click()
    await page.getByText('Shouts · until').waitFor()
    await username.fill('@loud_troll')
    await add.click()
    await page.getByText('is on the list already').waitFor()
    await page.getByText('It does nothing in your chat.').waitFor()
    await page.getByRole('radio', { name: 'Ban' }).press('Space')
    await page.getByText('1 person is banned from your chat because of it.').waitFor()
    expect(await sanctionsOf(owner)).toEqual(['Shouts'])
    await page.getByText('Publish it, so that').click()
    await page.getByText('Published', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Take loud_troll off the list' }).click()
    await confirm(page, 'Take off')
    await page.getByText('Nobody is on it yet.').waitFor()
    expect(await sanctionsOf(owner)).toEqual([])
    await page.getByRole('button', { name: 'Delete Moths' }).click()
    await confirm(page, 'Delete')
    await page.getByText('You keep no list yet.').waitFor()
  })

  test('[WEB-74] a list of another channel is found, followed as mark, as ban, and left', async () => {
    const page = await open('lists')
    await page.getByLabel('Name of the list or channel').fill('zzz')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByText('No published list fits.').waitFor()
    await page.getByLabel('Name of the list or channel').fill('loud')
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByRole('button', { name: 'Follow Loud ones as mark' }).click()
    await page.getByText('What 1 person says waits for a moderator.').waitFor()
    await page.getByRole('button', { name: 'Show people on Loud ones' }).click()
    await page.getByText('Spam in every room · no end').waitFor()
    expect(await page.getByRole('button', { name: 'Add to the list' }).count()).toBe(0)
    await page.getByRole('radio', { name: 'Ban' }).press('Space')
    await page.getByText('1 person is banned from your chat because of it.').waitFor()
    expect(await sanctionsOf(owner)).toEqual(['Spam in every room'])
    await page.getByRole('button', { name: 'Stop following Loud ones' }).click()
    await confirm(page, 'Stop following')
    await page.getByText('You follow no list of another channel.').waitFor()
    expect(await sanctionsOf(owner)).toEqual([])
  })

  test('[WEB-75] a reviewer is set, its secret shown once, tried, and removed', async () => {
    at.allow(/Failed to load resource.*422/)
    const page = await open('reviewer')
    await page.getByText('Nobody outside is asked.').waitFor()
    const address = page.getByLabel('Address')
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await address.fill('http://10.0.0.1/')
    await save.click()
    await page.getByText('Use a public https address').waitFor()
    const { port } = reviewer.address() as AddressInfo
    await address.fill(`http://127.0.0.1:${port}/`)
    await page.getByLabel('Waits at most').selectOption('3000')
    await page.getByRole('radio', { name: 'Refuse messages' }).check()
    await save.click()
    await page.getByText('Copy the secret now').waitFor()
    const secret = (await page.locator('.reviewer-once code').textContent()) ?? ''
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('It answered “deny” after').waitFor()
    expect(asked[0]).toMatch(/^sha256=[0-9a-f]{64}$/)
    expect(await owner.channels.reviewer.get('lamp_keeper')).toMatchObject({
      timeoutMs: 3_000,
      letsThrough: false,
    })
    await page.reload()
    await page.getByText('It is never shown again').waitFor()
    expect(await page.content()).not.toContain(secret)
    await page.getByRole('button', { name: 'Make a new secret' }).click()
    await confirm(page, 'Make a new secret')
    await page.getByText('Copy the secret now').waitFor()
    expect(await page.locator('.reviewer-once code').textContent()).not.toBe(secret)
    await owner.channels.reviewer.set('lamp_keeper', { url: 'http://127.0.0.1:59999/' })
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('No usable answer after').waitFor()
    await page.getByRole('button', { name: 'Stop asking' }).click()
    await confirm(page, 'Stop asking')
    await page.getByText('Nobody outside is asked.').waitFor()
    expect(await owner.channels.reviewer.get('lamp_keeper')).toBeNull()
  })

  test('[WEB-76] a channel is reported from its page, once', async () => {
    at.allow(/Failed to load resource.*409/)
    const page = await at.signedIn('quiet_guest', '/channel/loud_troll', { calm: true })
    const report = async () => {
      await page.getByRole('button', { name: 'More about this channel' }).click()
      await page.getByRole('menuitem', { name: 'Report loud_troll' }).click()
      await page.getByRole('radio', { name: 'Spam or advertising' }).check()
      await page.getByRole('button', { name: 'Send report' }).click()
    }
    await report()
    await page.getByText('Thank you. Moderators will look at it.').waitFor()
    await report()
    await page.getByText('You reported that already.').waitFor()
  })

  const lookAt = async (page: Page, name: string, part = 'html') =>
    expect(await wrongInLooks(page, `channel-${name}`, { part })).toEqual([])

  const furnish = async () => {
    const { banLists, reviewer: desk } = owner.channels
    await banLists
      .make('lamp_keeper', { name: 'Moths', about: 'They fly into the lamp.', isPublished: true })
      .then(({ id }) => banLists.add('lamp_keeper', id, { userId: idOf(troll), reason: 'Shouts' }))
    const { lists } = await banLists.list('lamp_keeper', { of: 'published' })
    await banLists.follow('lamp_keeper', lists[0]!.id, 'ban')
    const { port } = reviewer.address() as AddressInfo
    const secret = 'sixteen or more signs'.replaceAll(' ', '-')
    await desk.set('lamp_keeper', { url: `http://127.0.0.1:${port}/`, secret })
    await owner.channels.update('lamp_keeper', {
      about: 'Lamps, and what flies around them.',
      category: 'art',
      schedule: [{ weekday: 4, startMinute: 1_200, durationMinutes: 120, title: 'Moths' }],
    })
  }

  test('[WEB-40] every tab is accessible and fits in every window, in Nepali, too', async () => {
    await furnish()
    const page = await open('profile')
    for (const tab of tabs) {
      await page.goto(at.url + settings(tab))
      await page.locator('.panel').first().waitFor()
      if (tab === 'lists') {
        await page.getByRole('button', { name: 'Show people on Moths' }).click()
        await page.getByText('Shouts · no end').waitFor()
      }
      await lookAt(page, tab)
    }
    await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
    await page.goto(at.url + settings('lists'))
    await page.getByRole('heading', { name: 'तपाईंका सूची' }).waitFor()
    await lookAt(page, 'lists-ne')
  }, 180_000)

  test('[WEB-40] notices that were told are accessible in every window', async () => {
    await owner.channels.revoke('lamp_keeper', idOf(guest), 'moderator')
    await owner.channels.grant('lamp_keeper', idOf(guest), 'vip')
    const page = await at.signedIn('quiet_guest', '/', { calm: true })
    await page.getByRole('button', { name: /^Notices/ }).click()
    await page.getByText('Your role in lamp_keeper has ended').waitFor()
    await lookAt(page, 'notices', '.bell-dialog')
  }, 60_000)
})

function idOf(person: Odeon): string {
  return person.auth.user?.id ?? ''
}

async function sanctionsOf(owner: Odeon): Promise<(string | null)[]> {
  const { sanctions } = await owner.channels.sanctions('lamp_keeper', { stands: true })
  return sanctions.map(({ reason }) => reason)
}
