import type { Odeon } from '@odeon/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import * as samples from '../../server/src/media/testing/pictures.ts'
import { violationsOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('pictures and people in the settings of a channel', () => {
  const at = house()
  let owner: Odeon

  beforeAll(async () => {
    owner = await at.person('lamp_keeper')
    await owner.streams.create({ title: 'An evening' })
  })

  const open = async (tab: 'profile' | 'crew') => {
    const page = await at.page('/sign-in', { calm: true })
    await page.getByLabel('Email').fill('lamp_keeper@odeon.test')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
    await page.goto(`${at.url}/channel/lamp_keeper/settings?tab=${tab}`)
    await page.getByRole('heading', { name: 'Edit channel' }).waitFor()
    return page
  }

  test('[WEB-85] a picture is moved behind its frame by mouse, keys and zoom, and its way is told', async () => {
    const page = await open('profile')
    const line = await page.context().newCDPSession(page)
    const avatar = page.getByRole('region', { name: 'Picture', exact: true })
    const buffer = await samples.halves()
    await avatar
      .locator('input[type="file"]')
      .setInputFiles({ name: 'halves.png', mimeType: 'image/png', buffer })
    const frame = avatar.getByRole('application', { name: 'Part of the picture that is used' })
    const left = async () => {
      const style = await frame.locator('img').getAttribute('style')
      return Number(/left: (-?[\d.]+)%/.exec(style ?? '')?.[1])
    }
    await expect.poll(left).toBe(-50)
    await frame.scrollIntoViewIfNeeded()
    const box = (await frame.boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - box.width, y, { steps: 4 })
    await page.mouse.up()
    await expect.poll(left).toBe(-100)
    await frame.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(left).toBe(-98)
    await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('+')
    await expect.poll(left).toBeLessThan(-100)
    expect(await avatar.getByLabel('Zoom').inputValue()).toBe('1.25')
    await avatar.getByRole('button', { name: 'Use this one' }).click()
    await frame.waitFor({ state: 'detached' })
    const { avatarUrl } = await owner.channels.get('lamp_keeper')
    const shown = await fetch(at.url + avatarUrl)
    const { red, blue } = await samples.averageOf(await shown.arrayBuffer())
    expect(blue).toBeGreaterThan(red * 2)

    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: buffer.length / 2,
    })
    await avatar
      .locator('input[type="file"]')
      .setInputFiles({ name: 'halves.png', mimeType: 'image/png', buffer })
    await avatar.getByRole('button', { name: 'Use this one' }).click()
    await avatar.getByText(/^[1-9]\d?%$/).waitFor()
    await frame.waitFor({ state: 'detached' })
  }, 60_000)

  test('[WEB-86] people without a channel are found by name and made moderator by keys', async () => {
    await at.person('tea_maker')
    const page = await open('crew')
    const moderators = page.getByRole('region', { name: 'Moderators' })
    const field = moderators.getByRole('combobox', { name: 'Username or name' })
    await field.fill('tea')
    await page.getByRole('option', { name: 'tea_maker' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await field.press('ArrowDown')
    await field.press('Enter')
    expect(await field.inputValue()).toBe('tea_maker')
    await moderators.getByRole('button', { name: 'Add' }).click()
    await moderators.getByText('@tea_maker').waitFor()
    expect(await field.inputValue()).toBe('')
    await field.fill('nobody_at_all')
    await moderators.getByRole('button', { name: 'Add' }).click()
    await moderators.getByText('Nobody has that username.').waitFor()
  })
})
