/** Channels through the SDK on the whole server: followed, dressed, searched, with live rooms. */
import { beforeAll, expect, test } from 'vitest'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { emoteUrl, Odeon, pictureAt, Refusal } from '../index.ts'

const password = 'correct horse battery'
let url: string
let ann: Odeon
let bob: Odeon

beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn' })).url
  const person = async (username: string) => {
    const odeon = new Odeon(url)
    await odeon.auth.register({ username, email: `${username}@odeon.test`, password })
    return odeon
  }
  ;[ann, bob] = await Promise.all([person('ann'), person('bob')])
  await ann.streams.create({ title: 'Not yet' })
})

/** A red dot: the smallest PNG there is. */
const dot = () => {
  const text =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIA' +
    'X8jx0gAAAABJRU5ErkJggg=='
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
const codeOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.catch((refusal: unknown) => refusal)
  return error instanceof Refusal ? error.code : error
}

test('[FOL-01] a program follows a channel, sees whom it follows, and stops', async () => {
  const standing = await bob.channels.follow('ann')
  expect(standing).toEqual({ isFollowing: true, followedAt: expect.any(Number), followers: 1 })
  expect(await bob.channels.get('ann')).toMatchObject(standing)
  expect(await ann.channels.get('ann')).toMatchObject({ isFollowing: false, followers: 1 })
  expect((await bob.me.following()).map(({ handle }) => handle)).toEqual(['ann'])
  expect(await codeOf(ann.channels.follow('ann'))).toBe('own_channel')
  expect(await codeOf(bob.channels.follow('nobody'))).toBe('not_found')
  const guest = new Odeon(url)
  await guest.auth.guest({ name: 'Passer-by' })
  expect(await codeOf(guest.channels.follow('ann'))).toBe('account_required')
  expect((await bob.channels.unfollow('ann')).followers).toBe(0)
  expect(await bob.me.following()).toEqual([])
})

test('[IMG-10] an owner dresses a channel with bytes or a file', async () => {
  const dressed = await ann.channels.setAvatar('ann', dot())
  const small = await fetch(url + pictureAt(dressed.avatarUrl as string, 64))
  expect(small.headers.get('content-type')).toBe('image/webp')
  const file = new Blob([dot()], { type: 'image/png' })
  expect((await ann.channels.setBanner('ann', file)).bannerUrl).toMatch(/-1500\.webp$/)
  expect(await codeOf(bob.channels.setAvatar('ann', dot()))).toBe('not_allowed')
  expect(await codeOf(ann.channels.setAvatar('ann', new Blob(['<svg/>'])))).toBe('not_a_picture')
  expect((await ann.channels.removeAvatar('ann')).avatarUrl).toBeNull()
  expect((await ann.channels.removeBanner('ann')).bannerUrl).toBeNull()
})

test('[EMO-01] emotes come with those of the house, and each has a picture', async () => {
  const emote = await ann.channels.addEmote('ann', 'spark', dot())
  expect(emote).toEqual({ code: 'spark', id: emote.id, isAnimated: false, isHouse: false })
  expect(await ann.channels.renameEmote('ann', 'spark', 'sparkle')).toMatchObject({ id: emote.id })
  const all = await bob.channels.emotes('ann')
  expect(all[0]).toMatchObject({ code: 'sparkle', isHouse: false })
  expect(all.slice(1).every(({ isHouse }) => isHouse)).toBe(true)
  for (const { id } of all) {
    const picture = () => fetch(url + emoteUrl(id, 28)).then(({ status }) => status)
    await expect.poll(picture, { timeout: 15_000 }).toBe(200)
  }
  expect(await codeOf(ann.channels.addEmote('ann', 'heart', dot()))).toBe('code_taken')
  await ann.channels.removeEmote('ann', 'sparkle')
  expect(await codeOf(ann.channels.removeEmote('ann', 'sparkle'))).toBe('no_such_emote')
})

test('[FOL-08] a live room, its followers and its past agree', async () => {
  const stream = await ann.streams.create({ title: 'Première au théâtre' })
  const host = await ann.live.join(stream.id)
  await host.start()
  await bob.channels.follow('ann')
  expect((await bob.me.following())[0]).toMatchObject({ handle: 'ann', liveStreamId: stream.id })
  const found = await bob.search('theatre')
  expect(found.streams.map(({ id }) => id)).toEqual([stream.id])
  expect((await bob.search('an')).channels.map(({ handle }) => handle)).toEqual(['ann'])
  expect((await host.end()).numbers.newFollows).toBe(1)
  await host.leave()
  expect(await bob.search('theatre')).toMatchObject({ streams: [] })
  const [past] = await bob.channels.streams('ann')
  expect(past).toMatchObject({ id: stream.id, phase: 'ended', numbers: { newFollows: 1 } })
  expect((await bob.channels.get('ann')).liveStreamId).toBeNull()
})

test('[CHN-31] settings of the chat reach the room that is open', async () => {
  const stream = await ann.streams.create({ title: 'Modes' })
  const host = await ann.live.join(stream.id)
  const chat = { slowSeconds: 11, unique: true }
  const changed = await ann.channels.update('ann', { settings: { chat } })
  expect(changed.settings.chat).toMatchObject(chat)
  await expect.poll(() => host.state.chat.slowSeconds).toBe(11)
  await host.leave()
})
