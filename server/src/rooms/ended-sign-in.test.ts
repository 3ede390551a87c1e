/** A sign-in that ends, and what it opened in rooms of every kind. */
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { expect, test } from 'vitest'
import { callsTo } from '../platform/testing/several-processes.ts'
import { type Person, startTestServer, testPassword } from '../platform/testing/test-server.ts'
import type { Seat } from './protocol.ts'

const server = await startTestServer()
const { ask, get } = callsTo(server.url)

interface Sat {
  room: Room
  closed: Promise<number>
}

const take = async (path: string, { accessToken: token }: Person): Promise<Seat> =>
  await get(path, { json: {}, token })

async function sit(path: string, person: Person): Promise<Sat> {
  const room = await new ColyseusSDK(server.url).consumeSeatReservation(await take(path, person))
  room.onMessage('*', () => undefined)
  room.reconnection.enabled = false
  return { room, closed: new Promise((resolve) => void room.onLeave(resolve)) }
}
const signIn = (name: string): Promise<Person> =>
  get('/v1/auth/login', { json: { email: `${name}@odeon.test`, password: testPassword } })
const isOpen = ({ room }: Sat) => room.connection.isOpen

async function everywhere(): Promise<string[]> {
  const { id } = await server.stream(await server.register(`host_${(hosts += 1)}`))
  return [`/v1/streams/${id}/seat`, '/v1/lobby/seat', '/v1/me/seat']
}
let hosts = 0

test('[ACC-34] logging out closes what that sign-in opened in every kind of room', async () => {
  const paths = await everywhere()
  const phone = await server.register('ada')
  const desk = await signIn('ada')
  const gone = await Promise.all(paths.map((path) => sit(path, phone)))
  const stay = await Promise.all(paths.map((path) => sit(path, desk)))
  const [waiting, kept] = [await take('/v1/lobby/seat', phone), await take('/v1/me/seat', desk)]
  const { refreshToken } = phone
  expect((await ask('/v1/auth/logout', { json: { refreshToken } })).status).toBe(204)
  expect(await Promise.all(gone.map(({ closed }) => closed))).toEqual([4401, 4401, 4401])
  const client = new ColyseusSDK(server.url)
  await expect(client.consumeSeatReservation(waiting)).rejects.toThrow('seat reservation expired.')
  stay.push({ room: await client.consumeSeatReservation(kept), closed: Promise.resolve(0) })
  expect(stay.map(isOpen)).toEqual([true, true, true, true])
  expect((await ask('/v1/me/seat', { json: {}, token: phone.accessToken })).status).toBe(401)
})

test('[ACC-34] a guest’s page goes on when the guest registers, and ends with the account', async () => {
  const paths = await everywhere()
  const guest = await server.guest('Gil')
  const sat = await Promise.all(paths.map((path) => sit(path, guest)))
  const account = { username: 'gil', email: 'gil@odeon.test', password: testPassword }
  const now = await get<Person>('/v1/auth/register', { json: account, token: guest.accessToken })
  expect(now.user.id).toBe(guest.user.id)
  await ask('/v1/auth/logout', { method: 'POST', token: guest.accessToken })
  const said = { requestId: 'request-1', text: 'going on' }
  expect(await sat[0]?.room.request('chat.send', said)).toMatchObject({ text: 'going on' })
  expect(sat.map(isOpen)).toEqual([true, true, true])
  await ask('/v1/auth/logout', { method: 'POST', token: now.accessToken })
  expect(await Promise.all(sat.map(({ closed }) => closed))).toEqual([4401, 4401, 4401])
})
