/** The house desk and what people see of moderation, as `npm run screens` shows them. */
import type { Page } from 'playwright-core'
import { type Scene, waiting } from './scene.ts'

const inAdmin = (section: string) => ({
  page: 'admin',
  as: 'the_keeper',
  path: section === 'overview' ? '/admin' : `/admin/${section}`,
})

export function adminScenes(): Scene[] {
  return [
    { ...inAdmin('overview'), state: 'overview', ready: '.tile', nepali: true },
    { ...inAdmin('queue'), state: 'queue', ready: '.evidence', nepali: true },
    {
      ...inAdmin('queue'),
      state: 'queue-keys',
      ready: '.evidence',
      act: async (page) => {
        await page.keyboard.press('?')
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      ...inAdmin('queue'),
      state: 'queue-empty',
      path: '/admin/queue?status=reviewed',
      ready: '.state h1, .state h2',
    },
    {
      ...inAdmin('queue'),
      state: 'queue-skeleton',
      ready: '.queue-skeleton',
      before: waiting('**/v1/moderation/**'),
    },
    {
      ...inAdmin('queue'),
      state: 'queue-error',
      ready: '[role=alert]',
      before: (page) => page.route('**/v1/moderation/**', (route) => route.abort()),
      fine: /ERR_FAILED/,
      waitMs: 15_000,
    },
    { ...inAdmin('appeals'), state: 'appeals', ready: '.appeal' },
    { ...inAdmin('users'), state: 'users', ready: 'tbody tr' },
    { ...inAdmin('users'), state: 'suspend', ready: 'tbody tr', act: askToSuspend },
    { ...inAdmin('rooms'), state: 'rooms', ready: 'tbody tr' },
    { ...inAdmin('audit'), state: 'audit', ready: 'tbody tr', nepali: true },
    { ...inAdmin('overview'), state: 'not-staff', as: 'ana_listens', ready: '.state h1' },
    { page: 'admin', state: 'stranger', path: '/admin', ready: '.state h1' },
  ]
}

async function askToSuspend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Suspend', exact: true }).first().click()
  await page.getByRole('alertdialog').waitFor()
}

export function houseScenes(): Scene[] {
  return [
    {
      page: 'search',
      state: 'found',
      path: '/search?q=mira',
      ready: 'main a[href="/channel/mira_sound"]',
      nepali: true,
    },
    { page: 'search', state: 'nothing', path: '/search?q=zzzzqqqq', ready: 'main .state, main p' },
    {
      page: 'notices',
      state: 'full',
      as: 'muted_moe',
      path: '/notices',
      ready: 'main li',
      nepali: true,
    },
    { page: 'notices', state: 'empty', as: 'soon_on', path: '/notices', ready: 'main h1' },
    {
      page: 'coins',
      state: 'packs',
      as: 'ana_listens',
      path: '/coins',
      ready: '.coin-pay',
      nepali: true,
    },
    { page: 'coins', state: 'stranger', path: '/coins', ready: '.state h1' },
    {
      page: 'coins',
      state: 'unknown',
      as: 'ana_listens',
      path: '/coins/return/00000000-0000-4000-8000-000000000000',
      ready: '.state h1',
      fine: /404/,
      nepali: true,
    },
    { page: 'og', state: 'stranger', path: '/og', ready: '.tier-card', nepali: true },
    { page: 'og', state: 'account', as: 'ana_listens', path: '/og', ready: '.tier-card .button' },
    {
      page: 'og',
      state: 'ask',
      as: 'ana_listens',
      path: '/og',
      ready: '.tier-card .button',
      act: async (page) => {
        await page.locator('.tier-card .button').first().click()
        await page.getByRole('alertdialog').waitFor()
      },
    },
    { page: 'verify-email', state: 'no-token', path: '/verify-email', ready: '.state h1' },
    {
      page: 'verify-email',
      state: 'expired',
      path: '/verify-email#none',
      ready: '.state h1',
      fine: /403/,
    },
  ]
}
