import { expect, test } from 'vitest'
import { MailUnavailable } from '../mail/mailer.ts'
import { errorOf } from '../platform/http/testing.ts'
import { verificationLimits } from './email-verification.ts'
import { accountsApp, type AccountsApp, type ProgramSession } from './testing.ts'

const app = await accountsApp()
const codeOf = async (response: Response) => (await errorOf(response)).code
const ask = (by: ProgramSession, on: AccountsApp = app) =>
  on.call('POST', '/v1/me/email/verification', undefined, by.accessToken)
const confirm = (token: string, on: AccountsApp = app) =>
  on.call('POST', '/v1/auth/verify-email', { token })

/** The token of the newest letter to somebody. */
async function tokenFor(username: string, on: AccountsApp = app): Promise<string> {
  await on.accounts.service.verification.settled()
  const letter = on.letters.findLast(({ to }) => to === `${username}@example.org`)
  const token = /https:\/\/odeon\.example\/verify-email#(\S+)/.exec(letter?.text ?? '')?.[1]
  return token ?? expect.fail(`no letter to ${username}`)
}

const me = async (by: ProgramSession) => {
  const response = await app.call('GET', '/v1/me', undefined, by.accessToken)
  return (await response.json()) as { emailVerified: boolean }
}

test('[MAI-04] registering mails a link, and the link confirms the address, twice the same', async () => {
  const ann = await app.register('ann')
  expect((await me(ann)).emailVerified).toBe(false)
  const token = await tokenFor('ann')
  for (const _ of [1, 2]) {
    const reply = await confirm(token)
    expect([reply.status, await reply.json()]).toEqual([200, { email: 'ann@example.org' }])
  }
  expect((await me(ann)).emailVerified).toBe(true)
  expect(await codeOf(await ask(ann))).toBe('already_verified')
})

test('[MAI-04] a link is stored hashed, ends after a day, and a made-up one does nothing', async () => {
  await app.register('late')
  const token = await tokenFor('late')
  expect(JSON.stringify(await app.database.sql`select * from email_tokens`)).not.toContain(token)
  expect(await codeOf(await confirm('made-up'))).toBe('verification_invalid')
  app.pass(verificationLimits.tokenMs)
  expect(await codeOf(await confirm(token))).toBe('verification_invalid')
  app.pass(-verificationLimits.tokenMs)
})

test('[MAI-04] a link for an address that the account no longer has confirms nothing', async () => {
  const mover = await app.register('mover')
  const token = await tokenFor('mover')
  await app.database.sql`update users set email = 'new@example.org' where id = ${mover.user.id}`
  expect(await codeOf(await confirm(token))).toBe('verification_invalid')
})

test('[MAI-05] letters go one a minute and five a day, also for those who ask at once', async () => {
  const eager = await app.register('eager')
  await app.accounts.service.verification.settled()
  const before = app.letters.length
  const refused = await ask(eager)
  const error = await errorOf(refused)
  expect([refused.status, error.code]).toEqual([429, 'too_soon'])
  for (let sent = 1; sent < verificationLimits.lettersMax; sent += 1) {
    app.pass(verificationLimits.pauseMs)
    const replies = await Promise.all([ask(eager), ask(eager), ask(eager)])
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 429, 429])
  }
  app.pass(verificationLimits.pauseMs)
  expect(await codeOf(await ask(eager))).toBe('too_soon')
  expect(app.letters.length - before).toBe(verificationLimits.lettersMax - 1)
})

test('[MAI-05] guests have no address to confirm', async () => {
  expect(await codeOf(await ask(await app.guest()))).toBe('account_required')
})

test('[MAI-06] a letter nobody carried is told and may be asked for again at once', async () => {
  let isAway = true
  const sent: string[] = []
  const away = await accountsApp({
    mailer: {
      goesTo: { kind: 'folder', path: 'nowhere' },
      send: async ({ to }) => {
        if (isAway) throw new MailUnavailable('away')
        sent.push(to)
      },
    },
  })
  const ann = await away.register('ann')
  await away.accounts.service.verification.settled()
  const reply = await ask(ann, away)
  expect([reply.status, await codeOf(reply)]).toEqual([503, 'mail_unavailable'])
  isAway = false
  expect((await ask(ann, away)).status).toBe(200)
  expect(sent).toEqual(['ann@example.org'])
})

test('[MAI-07] only who confirmed their address can be made administrator; the claim counts', async () => {
  const { administration } = app.accounts.service
  const first = await app.register('first_admin')
  const { token } = await administration.issueClaim()
  const claimed = await app.call('POST', '/v1/admin/claim', { token }, first.accessToken)
  const admin = (await claimed.json()) as ProgramSession
  expect(admin.user).toMatchObject({ platformRole: 'admin', emailVerified: true })
  const next = await app.register('next_admin')
  const promote = () =>
    app.call(
      'PATCH',
      `/v1/admin/users/${next.user.id}`,
      { platformRole: 'admin' },
      admin.accessToken,
    )
  expect(await codeOf(await promote())).toBe('email_not_verified')
  await confirm(await tokenFor('next_admin'))
  expect(await (await promote()).json()).toMatchObject({ platformRole: 'admin' })
})

test('[MAI-07] with a list of addresses the role holds only while the address is confirmed', async () => {
  const listed = await accountsApp({ adminEmails: ['root@example.org'] })
  const root = await listed.register('root_1')
  await listed.database.sql`
    update users set platform_role = 'admin', email = 'root@example.org'
    where id = ${root.user.id}`
  const role = async () => {
    listed.pass(31_000)
    return (await listed.accounts.service.authenticate(root.accessToken)).platformRole
  }
  expect(await role()).toBe('user')
  await listed.database.sql`update users set email_verified_at = now() where id = ${root.user.id}`
  expect(await role()).toBe('admin')
})
