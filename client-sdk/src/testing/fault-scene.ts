/** A stream over three processes with guests who talk, for tests of what faults do to it. */
import { expect, vi } from 'vitest'
import { balancedFront } from '../../../server/src/platform/testing/front.ts'
import { register } from '../../../server/src/platform/testing/people-in-house.ts'
import {
  callsTo,
  type House,
  type HouseProcess,
  startHouse,
} from '../../../server/src/platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../../../server/src/platform/testing/test-database.ts'
import type { ChatPosted, Discontinuity, LiveConnection } from '../index.ts'
import { Odeon, Refusal, Unavailable } from '../index.ts'
import { postedIn } from './posted-in.ts'

export interface FaultGuest {
  name: string
  room: LiveConnection
  heard: ChatPosted[]
  gaps: Discontinuity[]
  /** Texts that were acknowledged. */
  posted: string[]
  /** Texts of which nobody said in time what became of them. */
  unknown: string[]
}

export interface FaultScene {
  house: House
  guests: FaultGuest[]
  /** The process that writes the room now. */
  writer(): Promise<HouseProcess>
  /** Everybody talks until the end, which resolves when all they said is acknowledged. */
  talk(): { end(): Promise<unknown> }
  /** Resolves when each guest has been acknowledged once more, said from now on. */
  spoken(): Promise<void>
  leave(): Promise<unknown>
}

const pauseMs = 400
const patience = { timeout: 60_000, interval: 50 }
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const alive = (house: House) => house.processes.filter(({ isEnded }) => !isEnded())

/** Viewers sit at relays, whoever hosts at the writer. */
export async function openFaultScene(guestsCount: number): Promise<FaultScene> {
  const databaseUrl = await testDatabaseUrl()
  const settings = { RELAY_FROM_VIEWERS: '0', LOG_LEVEL: 'error' }
  const house = await startHouse({ databaseUrl, processes: 3, settings })
  const url = await balancedFront(() => alive(house).map((one) => one.url))
  const front = callsTo(url)
  const username = 'faults_host'
  const { accessToken: token } = await register({ url, ...front }, username)
  const owner = new Odeon(url)
  await owner.auth.login({ email: `${username}@odeon.test`, password: 'correct horse battery' })
  const { id } = await owner.streams.create({ title: 'Faults' })
  const host = await owner.live.join(id)
  await host.start()
  const guests: FaultGuest[] = []
  for (let n = 1; n <= guestsCount; n += 1) guests.push(await arrive(url, `g${n}`, id))
  return {
    house,
    guests,
    writer: () =>
      vi.waitFor(async () => {
        // Seats of a host are at the writer. Too many may wait to be taken, or nobody writes yet.
        const path = `/v1/streams/${id}/seat`
        const seat = await front.get<{ publicAddress: string }>(path, { json: {}, token })
        const process = alive(house).find(({ address }) => address === seat.publicAddress)
        if (!process) throw new Error(`no process at ${seat.publicAddress}`)
        return process
      }, patience),
    talk() {
      const until = { isOver: false }
      const talks = Promise.all(guests.map((guest) => talk(guest, until)))
      return {
        end() {
          until.isOver = true
          return talks
        },
      }
    },
    async spoken() {
      // One line may have been on its way; the one behind it was said after this.
      const wanted = guests.map(({ posted }) => posted.length + 2)
      await vi.waitFor(() => {
        for (const [at, { name, posted }] of guests.entries()) {
          expect(posted.length, name).toBeGreaterThanOrEqual(wanted[at] as number)
        }
      }, patience)
    },
    leave: () => Promise.all([host.leave(), ...guests.map(({ room }) => room.leave())]),
  }
}

async function arrive(url: string, name: string, streamId: string): Promise<FaultGuest> {
  const odeon = new Odeon(url, { commandDeadlineMs: 120_000 })
  await odeon.auth.guest({ name })
  const room = await odeon.live.join(streamId)
  const guest: FaultGuest = { name, room, heard: [], gaps: [], posted: [], unknown: [] }
  room.on('chat.posted', (entry) => guest.heard.push(entry))
  room.on('discontinuity', (gap) => guest.gaps.push(gap))
  return guest
}

async function talk(guest: FaultGuest, until: { isOver: boolean }): Promise<void> {
  while (!until.isOver) {
    await say(guest, `${guest.name} says ${guest.posted.length + guest.unknown.length}`)
    await wait(pauseMs)
  }
}

/** Until it is acknowledged, or nobody knows: then it may be there, once. */
async function say({ room, posted, unknown }: FaultGuest, text: string): Promise<void> {
  for (;;) {
    try {
      postedIn(await room.chat.send(text))
      return void posted.push(text)
    } catch (error) {
      if (error instanceof Unavailable) return void unknown.push(text)
      if (!(error instanceof Refusal) || error.retryAfterMs === undefined) throw error
      await wait(error.retryAfterMs)
    }
  }
}
