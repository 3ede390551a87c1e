// A suspended account, through everything that is real: told at once, at sign-in, and heard.
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { Odeon } from '../index.ts'
import { memoryStore } from './session-store.ts'

const database = await testDatabase()
const { url } = await startTestServer({ databaseUrl: database.url, logLevel: 'error' })
const password = 'correct horse battery'

async function account(username: string, sessionStore = memoryStore()): Promise<Odeon> {
  const odeon = new Odeon(url, { sessionStore })
  await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
  return odeon
}
async function admin(username: string): Promise<Odeon> {
  const odeon = await account(username)
  const { id } = odeon.auth.user ?? {}
  await database.sql`update users set platform_role = 'admin' where id = ${id}`
  return odeon
}
const because = { reason: 'Spam in every room.', by: 'staff', until: null, mayAppeal: true }

test('[SDK-36] whoever is suspended is told in the room, at the next start and at sign-in, and appeals', async () => {
  const [boss, other] = [await admin('sdk_boss'), await admin('sdk_other')]
  const store = memoryStore()
  const viewer = await account('sdk_bad', store)
  const host = await account('sdk_bad_host')
  const { id: streamId } = await host.streams.create({ title: 'On' })
  const room = await viewer.live.join(streamId)
  onTestFinished(() => room.leave())
  const heard: (string | undefined)[] = []
  viewer.auth.onSuspension((one) => heard.push(one?.decision.kind))
  await boss.admin.suspend(viewer.auth.user?.id as string, because.reason)
  await vi.waitFor(() => expect(viewer.auth.suspension?.decision).toMatchObject(because))
  expect(heard).toEqual(['suspension'])
  expect(viewer.auth.user).toBeNull()

  const next = new Odeon(url, { sessionStore: store })
  expect(await next.auth.restore()).toBeNull()
  expect(next.auth.suspension?.decision).toMatchObject(because)

  const signing = new Odeon(url)
  const credentials = { email: 'sdk_bad@odeon.test', password }
  await expect(signing.auth.login(credentials)).rejects.toMatchObject({ code: 'suspended' })
  const asked = await signing.auth.suspension?.appeal('That was my brother, I am sorry.')
  expect(asked?.decision).toMatchObject({ mayAppeal: false, appeal: { status: 'open' } })
  await expect(next.auth.suspension?.appeal('Once more, please.')).rejects.toMatchObject({
    code: 'already_appealed',
  })

  const { appeals } = await other.moderation.appeals()
  const { id } = appeals[0] as { id: string }
  await expect(boss.moderation.decideAppeal(id, { decision: 'lift' })).rejects.toMatchObject({
    code: 'own_decision',
  })
  await other.moderation.decideAppeal(id, { decision: 'lift', note: 'Welcome back.' })
  expect((await next.auth.suspension?.read())?.decision).toMatchObject({ stands: false })
  await signing.auth.login(credentials)
  expect(signing.auth.suspension).toBeNull()
  await vi.waitFor(async () => {
    const { notices } = await signing.me.notices()
    expect(notices).toMatchObject([{ kind: 'appeal_decided', text: 'Welcome back.' }])
  })
  // Taken back, they are out again, and the same appeal waits.
  await other.moderation.reopenAppeal(id)
  await expect(signing.me.get()).rejects.toThrow()
  expect(signing.auth.suspension?.decision.appeal).toMatchObject({ status: 'open' })
})
