/** Odeon for the benchmark of finding a room: a whole server, asked for seats as its HTTP asks. */
import { matchMaker } from '@colyseus/core'
import { openSeats } from '../../../server/src/seats-alone.ts'
import { answerAsks } from '../discovery/asks.ts'

const [redisUrl = '', guests = '0'] = process.argv.slice(2)
const { take, list, close } = await openSeats({ redisUrl, guests: Number(guests) })
await take()
answerAsks(
  { find: take, list, unlist: async (roomId) => await matchMaker.driver.remove(roomId) },
  close,
)
