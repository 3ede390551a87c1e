import type { Page } from 'playwright-core'
import { describe, test } from 'vitest'
import { demandBrowser, hasBrowser, house, password } from './house.ts'

demandBrowser()

describe.runIf(hasBrowser)('the host at the desk', () => {
  const at = house()

  const signIn = async (page: Page, username: string) => {
    await page.goto(`${at.url}/sign-in`)
    await page.getByLabel('Email').fill(`${username}@odeon.test`)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByLabel('Password', { exact: true }).press('Enter')
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor()
  }

  const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })

  test('[WEB-141] checks, going live, a new title, the end after being asked, the summary', async () => {
    const host = await at.person('desk_host')
    const page = await at.page('/studio')
    await page.getByRole('heading', { name: 'The studio needs an account' }).waitFor()
    await signIn(page, 'desk_host')
    await page.goto(`${at.url}/studio`)
    await title(page).fill('A desk of my own')
    await page.getByRole('button', { name: 'Open the room' }).click()
    await page.getByText('The server answers in').waitFor()
    await page.getByText('You are in your room as its host.').waitFor()
    await page.getByText('Without one you are found by fewer people.').waitFor()
    // Chat alone is a choice, not a mishap.
    await page.getByText('The media server is away.').waitFor()
    await page.getByRole('button', { name: 'Go live' }).click()
    await page.getByRole('button', { name: 'Go live anyway' }).click()
    await page.getByRole('timer').waitFor()

    const [stream] = await host.streams.list({ channel: 'desk_host' })
    const viewer = await at.page(`/live/${stream?.id}`)
    await viewer.getByRole('heading', { name: 'A desk of my own' }).waitFor()
    await title(page).fill('A desk of everybody')
    await page.getByRole('radiogroup', { name: 'Category' }).getByText('Music').click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. Viewers see it now.').waitFor()
    await viewer.getByRole('heading', { name: 'A desk of everybody' }).waitFor()

    // The desk is where it was after a reload, and says what ends before it does.
    await page.reload()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('alertdialog').getByText('1 person is watching').waitFor()
    await page.getByRole('button', { name: 'End the stream' }).click()
    await page.getByRole('heading', { name: 'What it came to' }).waitFor()
    await page.getByText('Minutes watched').waitFor()
    await page.getByRole('button', { name: 'Prepare the next one' }).click()
    await page.getByRole('link', { name: 'A desk of everybody' }).waitFor()
    await page.getByRole('button', { name: 'Open the room' }).waitFor()
  })

  test('[WEB-143] the chart of minutes is read by eye, by arrow keys and as a table', async () => {
    const host = await at.person('chart_host')
    const { id } = await host.streams.create({ title: 'Counted minutes' })
    const room = await host.live.join(id)
    await room.start()
    await room.chat.send('counted')
    await room.reactions.send({ kind: 'clap', count: 2 })
    const page = await at.page('/sign-in')
    await signIn(page, 'chart_host')
    await page.goto(`${at.url}/studio`)
    await page.getByRole('button', { name: 'End', exact: true }).waitFor()
    await room.end()
    await page.getByRole('heading', { name: 'What it came to' }).waitFor()
    const chart = page.getByRole('slider', {
      name: /^Viewers, messages and reactions by minute/,
    })
    await chart.focus()
    await page.keyboard.press('Home')
    await page.getByText(/1 messages, 2 reactions/).waitFor()
    await page.getByText('As a table').click()
    await page.getByRole('row', { name: /^0:00/ }).waitFor()
    await room.leave()
  })
})
