/** The settings of a channel, as `npm run screens` shows them. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type SettingsTab, settingsTabs } from '../../src/channels/settings/settings-tabs.ts'
import type { Scene } from './scene.ts'

const picture = join(import.meta.dirname, '../../public/preview.png')

const owner = (tab: SettingsTab) => ({
  page: 'channel-settings',
  as: 'mira_sound',
  path: `/channel/mira_sound/settings?tab=${tab}`,
  ready: '.owner-body .panel, .owner-body form',
})

export function ownerScenes(): Scene[] {
  return [
    ...settingsTabs.map((tab) => ({ ...owner(tab), state: tab, nepali: true as const })),
    { ...owner('profile'), state: 'profile-crop', act: choosePicture },
    { ...owner('crew'), state: 'crew-found', act: findSomebody },
    { ...owner('lists'), state: 'lists-people', act: showPeople },
    { ...owner('profile'), state: 'not-yours', as: 'ana_listens', ready: '.state h1' },
  ]
}

async function choosePicture(page: Page): Promise<void> {
  const banner = page.getByRole('region', { name: 'Banner' })
  for (const part of [page.getByRole('region', { name: 'Picture', exact: true }), banner]) {
    await part.locator('input[type="file"]').setInputFiles(picture)
    await part.getByRole('application').waitFor()
  }
  await banner.scrollIntoViewIfNeeded()
}

async function findSomebody(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('combobox').first().fill('mu')
  await page.getByRole('option').first().waitFor()
}

async function showPeople(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show people on Loud ones' }).click()
  await page.getByText('Spam in every room').waitFor()
}
