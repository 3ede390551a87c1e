import { beforeAll, describe, expect, test } from 'vitest'
import { wrongOn } from './axe.ts'
import { demandBrowser, hasBrowser, house, sizes } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('the desks of host and house in a browser', () => {
  const at = house()

  beforeAll(async () => {
    const [host, keeper, viewer] = await Promise.all(
      ['desk_host', 'desk_keeper', 'desk_viewer'].map((name) => at.person(name)),
    )
    await keeper!.admin.claim(await at.claim())
    const { id } = await host!.streams.create({ title: 'Lamps and moths' })
    const stage = await host!.live.join(id)
    await stage.start()
    const said = await stage.chat.send('welcome to the lamps')
    await viewer!.reports.send({
      targetType: 'message',
      targetId: said.id,
      streamId: id,
      reason: 'spam',
    })
  })

  const pages: [path: string, username: string, ready: string][] = [
    ['/studio', 'desk_host', '.totals'],
    ['/admin', 'desk_keeper', '.tile'],
    ['/admin/queue', 'desk_keeper', '.context li'],
    ['/admin/appeals', 'desk_keeper', '.admin-body'],
    ['/admin/users', 'desk_keeper', 'tbody tr'],
    ['/admin/rooms', 'desk_keeper', 'tbody tr'],
    ['/admin/audit', 'desk_keeper', 'tbody tr'],
    ['/admin', 'desk_viewer', '.state h1'],
  ]

  test.each(pages)('[WEB-40] %s for %s is accessible and fits in every window', async (...of) => {
    const [path, username, ready] = of
    const page = await at.signedIn(username, path, { calm: true })
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      for (const size of [sizes.desktop, sizes.phone]) {
        await page.setViewportSize(size)
        await page.locator(ready).first().waitFor()
        expect(await wrongOn(page), `${path}, ${theme}, ${size.width} px`).toEqual([])
      }
    }
  })

  test('[WEB-146] filters stay in the address, numbers lead to lists, people are found', async () => {
    const page = await at.signedIn('desk_keeper', '/admin', { calm: true })
    await page.getByRole('link', { name: /Waiting in the queue/ }).click()
    await page.getByText('welcome to the lamps').first().waitFor()
    await page.getByRole('radiogroup', { name: 'About' }).getByText('A stream').click()
    await page.getByText('The queue is empty').waitFor()
    expect(new URL(page.url()).search).toContain('type=stream')
    await page.reload()
    await page.getByText('The queue is empty').waitFor()
    await page.goto(`${at.url}/admin/users`)
    await page.getByRole('searchbox').fill('desk_view')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByLabel(/^Reason/).fill('Asked to be suspended')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByText('desk_viewer was changed.').waitFor()
    await page.getByRole('button', { name: 'Restore' }).waitFor()
    await page.getByRole('link', { name: 'Record' }).click()
    await page.getByRole('row').filter({ hasText: 'Asked to be suspended' }).waitFor()
  })
})
