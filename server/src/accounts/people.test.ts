import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import { accountsApp } from './testing.ts'

const app = await accountsApp()
const ann = await app.register('ann')
const patch = (body: object, token = ann.accessToken) => app.call('PATCH', '/v1/me', body, token)
const profile = async (id: string) => (await app.call('GET', `/v1/users/${id}`)).json()

test('[ACC-23] a profile shows what everybody may know and nothing else', async () => {
  expect(await profile(ann.user.id)).toEqual({
    id: ann.user.id,
    kind: 'account',
    username: 'ann',
    name: 'ann',
    about: '',
    joinedAt: ann.user.joinedAt,
  })
  const missing = await app.call('GET', '/v1/users/01900000-0000-7000-8000-000000000000')
  expect([missing.status, (await errorOf(missing)).code]).toEqual([404, 'not_found'])
  expect((await app.call('GET', '/v1/users/ann')).status).toBe(400)
})

test('[ACC-23] a profile is read once in five minutes, and at once after a change', async () => {
  await profile(ann.user.id)
  await app.database.sql`update users set about = 'behind its back' where id = ${ann.user.id}`
  expect(await profile(ann.user.id)).toMatchObject({ about: '' })
  app.pass(5 * 60_000)
  expect(await profile(ann.user.id)).toMatchObject({ about: 'behind its back' })
  const fresh = await app.call('POST', '/v1/auth/refresh', { refreshToken: ann.refreshToken })
  const { accessToken, refreshToken } = (await fresh.json()) as typeof ann
  Object.assign(ann, { accessToken, refreshToken })
  expect((await patch({ about: 'Hello.', name: 'Ann Lee' })).status).toBe(200)
  expect(await profile(ann.user.id)).toMatchObject({ about: 'Hello.', name: 'Ann Lee' })
})

test('[ACC-23] a new name shows in rooms from the next join', async () => {
  const mara = await app.register('mara')
  const { authenticator } = app.accounts
  expect(await authenticator.authenticate(mara.accessToken)).toMatchObject({ name: 'mara' })
  await patch({ name: 'Mara the Second' }, mara.accessToken)
  expect(await authenticator.authenticate(mara.accessToken)).toMatchObject({
    name: 'Mara the Second',
  })
})

test('[ACC-24] settings are merged key by key, and unknown ones refused', async () => {
  const bob = await app.register('bob')
  await patch({ settings: { theme: 'dark' } }, bob.accessToken)
  const both = await patch({ settings: { reducedMotion: true } }, bob.accessToken)
  expect(await both.json()).toMatchObject({ settings: { theme: 'dark', reducedMotion: true } })
  const me = await app.call('GET', '/v1/me', undefined, bob.accessToken)
  expect(await me.json()).toMatchObject({ settings: { theme: 'dark', reducedMotion: true } })
  const odd = await patch({ settings: { theme: 'pink', colour: 1 } }, bob.accessToken)
  expect(Object.keys((await errorOf(odd)).fields ?? {}).sort()).toEqual([
    'settings.colour',
    'settings.theme',
  ])
})

test('[ACC-24] two changes at the same time keep both', async () => {
  const cat = await app.register('cat')
  await Promise.all([
    patch({ settings: { theme: 'light' } }, cat.accessToken),
    patch({ settings: { language: 'ne' } }, cat.accessToken),
  ])
  const me = await app.call('GET', '/v1/me', undefined, cat.accessToken)
  expect(await me.json()).toMatchObject({ settings: { theme: 'light', language: 'ne' } })
})

test('[ACC-23] nobody changes what is not theirs to change', async () => {
  for (const body of [{}, { platformRole: 'admin' }, { id: ann.user.id }, { kind: 'account' }]) {
    expect((await patch(body)).status).toBe(400)
  }
  expect((await patch({ name: 'odeon' })).status).toBe(400)
})

const blocked = async (token = ann.accessToken) => {
  const response = await app.call('GET', '/v1/me/blocks', undefined, token)
  const { blocks } = (await response.json()) as { blocks: { user: { name: string }; at: number }[] }
  return blocks.map((block) => block.user.name)
}

test('[ACC-22] a block works one way, holds until lifted, and may be repeated', async () => {
  const [one, two] = [await app.guest('One'), await app.guest('Two')]
  const { isBlocked } = app.accounts.blocks
  for (const { user } of [one, two, one]) {
    const path = `/v1/me/blocks/${user.id}`
    expect((await app.call('PUT', path, undefined, ann.accessToken)).status).toBe(204)
  }
  expect((await blocked()).sort()).toEqual(['One', 'Two'])
  expect(await isBlocked(ann.user.id, one.user.id)).toBe(true)
  expect(await isBlocked(one.user.id, ann.user.id)).toBe(false)
  const path = `/v1/me/blocks/${one.user.id}`
  for (let i = 0; i < 2; i += 1) {
    expect((await app.call('DELETE', path, undefined, ann.accessToken)).status).toBe(204)
  }
  expect(await blocked()).toEqual(['Two'])
  expect(await isBlocked(ann.user.id, one.user.id)).toBe(false)
})

test('[ACC-22] nobody blocks themselves, nobody, or without end', async () => {
  const put = async (id: string, token = ann.accessToken) => {
    const response = await app.call('PUT', `/v1/me/blocks/${id}`, undefined, token)
    return response.status === 204 ? 'blocked' : (await errorOf(response)).code
  }
  expect(await put(ann.user.id)).toBe('not_yourself')
  expect(await put('01900000-0000-7000-8000-000000000000')).toBe('not_found')
  expect(await put(ann.user.id, 'nobody')).toBe('unauthenticated')
  const busy = await app.register('busy')
  await app.database.sql`
    with made as (
      insert into users (id, kind, name, created_at)
      select gen_random_uuid(), 'guest', 'x', now() from generate_series(1, 1000) returning id)
    insert into blocks select ${busy.user.id}, id, now() from made`
  expect(await put(ann.user.id, busy.accessToken)).toBe('too_many_blocks')
})
