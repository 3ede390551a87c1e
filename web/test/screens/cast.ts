/** Who is in the house when pictures are taken, and what they have done in it. */
import type { LiveConnection, Odeon } from '@odeon/sdk'
import type { Cast } from './scene.ts'
import type { ScreenHouse } from './screen-house.ts'

const talk = [
  'evening everybody',
  'the low end is so warm tonight',
  'who else found this from the rooftop set?',
  'first time here, hello from Pokhara',
  'that loop has been running for ten minutes and I am not tired of it',
  'the tape hiss is doing a lot of work',
  'नमस्ते सबैलाई',
  'can you show the second machine again? https://odeon.example/tapes',
]
const names = ['Asha', 'Bikram', 'Chen', 'Dolma', 'Elif', 'Farid', 'Gita', 'Hana']

export async function gatherCast(house: ScreenHouse): Promise<Cast> {
  const [host, moderator, admin, viewer] = await Promise.all([
    house.account('mira_sound'),
    house.account('kiran_mod'),
    house.account('the_keeper'),
    house.account('ana_listens'),
  ])
  await admin.admin.claim(house.adminClaim)
  await host.me.update({ name: 'Mira Sound' })
  const make = async (title: string, category: 'music' | 'talk') =>
    (await host.streams.create({ title, category })).id
  const ended = await make('First light', 'music')
  await playThrough(await house.enter(host, ended))
  const replayed = await make('A night of slow tape', 'music')
  await playLong(house, await house.enter(host, replayed), replayed)
  const pending = await make('Sunrise set on the roof', 'music')
  const live = await make('Tape loops and warm static', 'music')
  const stage = await house.enter(host, live)
  await stage.start()
  const guests = await Promise.all(names.map((name) => house.guest(name)))
  for (const [index, guest] of guests.entries()) {
    const seat = await house.enter(guest, live)
    await seat.chat.send(talk[index] ?? 'hello')
    await seat.reactions.send({ kind: index % 2 ? 'heart' : 'clap', count: 3 })
  }
  const ofMoe = await moderated(house, { moderator, viewer, stage, live })
  await stage.chat.send('@Chen it is the old one from the market, second shelf')
  const quiet = await quietRoom(house)
  const sanctions = { muted_moe: ofMoe, muted_may: await muted(house, stage, live) }
  const doubter = await house.enter(await house.account('doubtful_dee'), live)
  const putOut = await shutOut(house, host)
  const suspended = (await house.account('shut_out_sonam')).auth.user?.id ?? ''
  await listed(host, doubter.you.id)
  const soon = await house.account('soon_on')
  await soon.streams.create({ title: 'Harmonium at dusk', category: 'music' })
  const { fill } = house
  const ids = { live, pending, ended, quiet, replayed }
  const people = { host, moderator, admin, viewer, doubter, putOut, suspended }
  return { ...people, stage, sanctions, fill, ids }
}

/** Reports in the queue, somebody who follows, somebody muted who appeals; the id of that mute. */
async function moderated(
  house: ScreenHouse,
  of: Pick<Cast, 'moderator' | 'viewer' | 'stage'> & { live: string },
): Promise<string> {
  const { moderator, viewer, stage, live } = of
  const moderatorId = moderator.auth.user?.id ?? ''
  await house.enter(moderator, live)
  await stage.members.grant({ userId: moderatorId, role: 'moderator' })
  await viewer.channels.follow('mira_sound')
  const seat = await house.enter(viewer, live)
  const loud = await house.account('muted_moe')
  const loudSeat = await house.enter(loud, live)
  for (const text of ['buy my tapes, half price', 'why does nobody answer me']) {
    const said = await loudSeat.chat.send(text)
    if ('waits' in said) continue
    await seat.chat.send('please stop advertising here')
    await viewer.reports.send({
      targetType: 'message',
      targetId: said.id,
      streamId: live,
      reason: 'spam',
      text: 'He does this in every room.',
    })
  }
  await viewer.reports.send({
    targetType: 'user',
    targetId: loud.auth.user?.id ?? '',
    reason: 'harassment',
  })
  await stage.members.timeout({
    userId: loud.auth.user?.id ?? '',
    seconds: 3_600,
    reason: 'Advertising after a warning',
    purge: false,
  })
  const [sanction] = await loud.me.sanctions()
  if (sanction) {
    await loud.me.appeal(sanction.id, 'I only answered a question about where the tapes are from.')
  }
  return sanction?.id ?? ''
}

/** Somebody who is muted and has not appealed yet; the id of the decision. */
async function muted(house: ScreenHouse, stage: LiveConnection, live: string): Promise<string> {
  const may = await house.account('muted_may')
  await house.enter(may, live)
  const userId = may.auth.user?.id ?? ''
  await stage.members.timeout({ userId, seconds: 7_200, reason: 'Shouting over others' })
  const [sanction] = await may.me.sanctions()
  return sanction?.id ?? ''
}

/** One whom the host blocked, and one to be put out while they watch; the id of the latter. */
async function shutOut(house: ScreenHouse, host: Odeon): Promise<string> {
  const blocked = await house.account('blocked_bo')
  await host.me.blocks.add(blocked.auth.user?.id ?? '')
  return (await house.account('put_out_pia')).auth.user?.id ?? ''
}

/** A shared list with somebody on it. */
async function listed(host: Odeon, userId: string): Promise<void> {
  const { banLists } = host.channels
  const about = 'Shouting and spam on three evenings or more.'
  const { id } = await banLists.make('mira_sound', { name: 'Loud ones', about, isPublished: true })
  await banLists.add('mira_sound', id, { userId, reason: 'Spam in every room' })
}

async function playThrough(room: LiveConnection): Promise<void> {
  await room.start()
  await room.chat.send('soundcheck, one two')
  await room.end()
  await room.leave()
}

/** Long enough to have a shape: people come, talk in bursts, and go. */
async function playLong(house: ScreenHouse, room: LiveConnection, id: string): Promise<void> {
  await room.start()
  for (const [index, name] of names.entries()) {
    const seat = await house.enter(await house.guest(name), id)
    const said = await seat.chat.send(talk[index] ?? 'hello')
    await seat.reactions.send({ kind: index % 2 ? 'heart' : 'clap', count: index + 1 })
    if (index === 3 && !('waits' in said)) await room.chat.pin(said.id)
    await new Promise((resolve) => setTimeout(resolve, index % 3 === 0 ? 2_600 : 300))
  }
  await room.end()
  await room.leave()
}

/** A room that is live and in which nobody has said anything. */
async function quietRoom(house: ScreenHouse): Promise<string> {
  const host = await house.account('tenzin_talks')
  const { id } = await host.streams.create({ title: 'Letters, read slowly', category: 'talk' })
  const room = await house.enter(host, id)
  await room.start()
  return id
}
