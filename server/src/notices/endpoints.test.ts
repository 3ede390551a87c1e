import { matchMaker } from '@colyseus/core'
import { expect, test } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { startTestServer } from '../platform/testing/test-server.ts'
import { realWorld } from '../platform/world.ts'
import { noticeDesk } from './notices.ts'

const database = await testDatabase()
const server = await startTestServer({ databaseUrl: database.url })
const { presence } = matchMaker
const desk = noticeDesk({ database, presence, ...realWorld, log: quietLog })

test('[NOT-01] [NOT-02] a person reads their own notices by page and marks them, and nobody else does', async () => {
  const [ann, bob] = [await server.register('ann'), await server.guest('Bob')]
  for (const text of ['one', 'two', 'three']) {
    await desk.notify(ann.user.id, {
      kind: 'warning',
      channel: null,
      from: null,
      text,
      path: null,
      sanctionId: null,
      until: null,
    })
  }
  const page = async (query: string, token: string) => {
    const reply = await server.fetch(`/v1/me/notices${query}`, { token })
    return (await reply.json()) as { notices: { id: string; text: string }[]; more: boolean }
  }
  const first = await page('?limit=2', ann.accessToken)
  expect(first).toMatchObject({ more: true, unread: 3 })
  const rest = await page(`?before=${first.notices[1]!.id}`, ann.accessToken)
  expect(rest.notices.map(({ text }) => text)).toEqual(['one'])
  // Another's id says nothing to a stranger.
  expect(await page(`?before=${first.notices[1]!.id}`, bob.accessToken)).toMatchObject({
    notices: [],
    unread: 0,
  })
  const read = async (json: object, token: string) => {
    const reply = await server.fetch('/v1/me/notices/read', { json, token })
    return await reply.json()
  }
  expect(await read({ id: first.notices[0]!.id }, bob.accessToken)).toEqual({ unread: 0 })
  expect(await read({ id: first.notices[0]!.id }, ann.accessToken)).toEqual({ unread: 2 })
  expect(await read({}, ann.accessToken)).toEqual({ unread: 0 })
  expect((await server.fetch('/v1/me/notices')).status).toBe(401)
  const nonsense = { json: { id: 'x' }, token: ann.accessToken }
  expect((await server.fetch('/v1/me/notices/read', nonsense)).status).toBe(400)
})
