/** A channel's stream keys and other sites in a real browser, before a stand-in of LiveKit. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  IngressState_Status,
  standInIngress,
} from '../../server/src/encoders/testing/stand-in-ingress.ts'
import { violationsOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()
const standIn = await standInIngress()

describe.runIf(hasBrowser)('encoders and other sites', () => {
  const at = house({
    media: standIn,
    encoders: { rtmp: 'rtmps://live.example/live' },
    outputs: {
      records: false,
      folder: '/out',
      hlsUrl: undefined,
      minutesADay: 0,
      filmsMax: 0,
      runsMax: 0,
      filmHours: 0,
    },
  })

  beforeAll(async () => {
    const owner = await at.person('mast_keeper')
    await owner.streams.create({ title: 'From the mast' })
  })

  test('[OUT-14] an owner makes a key, sees it once, sees a program send by it, and resets it', async () => {
    const page = await at.page('/sign-in', { calm: true })
    await page.getByLabel('Email').fill('mast_keeper@odeon.test')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await page.goto(`${at.url}/channel/mast_keeper/settings?tab=broadcast`)
    const keys = page.getByRole('region', { name: 'Stream keys' })
    await keys.getByRole('button', { name: 'Make a key' }).click()
    await keys.getByText('Your stream key.').waitFor()
    const [first] = standIn.entries.values()
    await keys.getByText(first!.streamKey).waitFor()
    await keys.getByRole('button', { name: 'Copy' }).click()
    await keys.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first!.streamKey)
    await keys.getByRole('button', { name: 'I have it' }).click()
    await expect.poll(() => page.content()).not.toContain(first!.streamKey)
    standIn.becomes(first!.ingressId, { status: IngressState_Status.ENDPOINT_PUBLISHING })
    await keys.getByText('A program sends.').waitFor()
    await keys.getByRole('button', { name: 'Reset the key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Reset the key' }).click()
    await keys.getByText('Your stream key.').waitFor()
    expect([...standIn.entries.keys()]).not.toContain(first!.ingressId)

    // What is refused the console says too.
    at.allow(/status of 422/)
    const sites = page.getByRole('region', { name: 'Other sites' })
    await sites.getByRole('button', { name: 'YouTube' }).click()
    await sites.getByLabel('Stream key of that site').fill('abcd-efgh-ijkl')
    await sites.getByLabel('Server address').fill('rtmp://192.168.1.1/live2')
    await sites.getByRole('button', { name: 'Add the site' }).click()
    await sites.getByText('Use the rtmp or rtmps address of another site').waitFor()
    await sites.getByLabel('Server address').fill('rtmp://8.8.8.8/live2')
    await sites.getByRole('button', { name: 'Add the site' }).click()
    const site = sites.getByRole('group', { name: 'YouTube' })
    await site.getByText('key …jkl').waitFor()
    await site.getByText('Send', { exact: true }).click()
    await expect.poll(() => site.getByRole('switch').isChecked()).toBe(false)
    expect(await page.content()).not.toContain('abcd-efgh-ijkl')
    expect(await violationsOn(page)).toEqual([])
    await site.getByRole('button', { name: 'Remove YouTube' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await site.waitFor({ state: 'detached' })
  })
})
