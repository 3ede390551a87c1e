// Words of people at the desk: plain text that comes out as it went in, and never a fault.
import { expect, test } from 'vitest'
import { actionOf, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call } = bench
const house = await bench.house('plain')
const at = '/channels/plain'

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table users; --",
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '<svg/onload=alert(1)>',
  '%3Cscript%3E\\u003cscript\\u003e',
]

test.each(nasty)('[FLG-11] %s stays the text it is in every field of the desk', async (text) => {
  const name = `text_${nasty.indexOf(text)}`
  const [viewer, reporter] = [await bench.person(name), await bench.person(`${name}_by`)]
  const { userId } = viewer
  const ban = { userId, kind: 'ban', reason: text }
  const made = await call('POST', `${at}/sanctions`, house.host, ban)
  expect(made.body.reason).toBe(text)
  const appeal = { text: `${text} ten more` }
  const path = `/me/sanctions/${made.body.id}/appeal`
  expect((await call('POST', path, viewer, appeal)).body.appeal.text).toBe(appeal.text)
  const report = { targetType: 'user', targetId: userId, reason: 'other', text }
  const { body } = await call('POST', '/reports', reporter, report)
  const staff = await bench.person(`${name}_staff`, { platformRole: 'moderator' })
  const decided = await call('POST', `/moderation/flags/${body.id}`, staff, { note: text })
  expect(decided.body).toMatchObject({ text, decided: { note: text } })
  const list = await call('POST', `${at}/ban-lists`, house.host, { name: text, about: text })
  const query = encodeURIComponent(text)
  const found = await call('GET', `${at}/ban-lists?query=${query}`, house.host)
  expect(found.body.lists).toMatchObject([{ id: list.body.id, name: text, about: text }])
})

test('[FLG-11] NUL, half characters and text that turns are taken out or refused', async () => {
  const viewer = await bench.person('turned')
  const bad = 'a\0b\ud800c\u202ed'
  const { userId } = viewer
  const reporter = await bench.person('turner')
  const report = { targetType: 'message', targetId: bad, streamId: house.streamId, reason: 'spam' }
  expect((await call('POST', '/reports', reporter, report)).body.error.code).toBe('invalid')
  const about = { targetType: 'user', targetId: userId, reason: 'spam', text: bad }
  expect((await call('POST', '/reports', reporter, about)).status).toBe(201)
  const searched = `${at}/ban-lists?query=${encodeURIComponent('a\0b')}`
  expect((await call('GET', searched, house.host)).status).toBe(200)
  const taken = await bench.moderation.take(
    actionOf(house, house.host, 'warn', viewer, { reason: bad }),
  )
  expect(taken).toMatchObject({ action: { reason: 'abcd' } })
  const { channelId, streamId } = house
  const by = { id: house.host.userId, name: 'x', role: 'host' } as const
  const undone = bench.moderation.undo({ actionId: 'a\0', channelId, streamId, by })
  expect(await undone).toEqual({ refused: 'no_such_action' })
})
