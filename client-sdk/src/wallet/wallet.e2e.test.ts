// What one has, read once and live, over a real server.
import { matchMaker } from '@colyseus/core'
import { expect, onTestFinished, test } from 'vitest'
import { quietLog } from '../../../server/src/platform/testing/quiet-log.ts'
import { testDatabase } from '../../../server/src/platform/testing/test-database.ts'
import { startTestServer } from '../../../server/src/platform/testing/test-server.ts'
import { walletSide } from '../../../server/src/wallet/wallet-side.ts'
import { Odeon } from '../index.ts'

const database = await testDatabase()
const { url } = await startTestServer({ databaseUrl: database.url, logLevel: 'warn' })

async function person(username: string) {
  const odeon = new Odeon(url)
  const password = crypto.randomUUID()
  const { id } = await odeon.auth.register({
    username,
    email: `${username}@odeon.example`,
    password,
  })
  return { odeon, id }
}

test('[LED-21] what one has is read by odeon.wallet and is live in the personal room, for its owner alone', async () => {
  const presence = matchMaker.presence
  const { ledger } = walletSide({ database, presence, now: Date.now, log: quietLog })
  const [ann, bob] = [await person('ann'), await person('bob')]
  const rooms = await Promise.all([ann, bob].map(({ odeon }) => odeon.me.join()))
  onTestFinished(() => void Promise.all(rooms.map((room) => room.leave())))
  const [annRoom, bobRoom] = rooms
  expect(annRoom?.state.wallet).toEqual({ coin: 0, bonus: 0, hours: 0 })
  const from = { kind: 'gateway', currency: 'coin' } as const
  const to = { kind: 'user', userId: ann.id, currency: 'coin' } as const
  const movement = { do: 'post', legs: [{ from, to, amount: 500 }] } as const
  await ledger.transfer({ id: 'top-up', by: 'test', kind: 'topup', movement })
  await expect.poll(() => annRoom?.state.wallet.coin).toBe(500)
  expect(bobRoom?.state.wallet.coin).toBe(0)
  expect(await ann.odeon.wallet.balance()).toMatchObject({ coin: 500, totalEarned: 0 })
  const { lines, more } = await ann.odeon.wallet.statement({ limit: 10 })
  expect(lines).toMatchObject([{ n: 1, kind: 'topup', amount: 500, balance: 500, with: null }])
  expect(more).toBe(false)
  expect(await bob.odeon.wallet.statement()).toMatchObject({ lines: [] })
})
