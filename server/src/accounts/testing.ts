/** Accounts over HTTP on a real database, with a clock that tests move. */
import type { World } from '@odeon/rooms/ports'
import { v7 } from 'uuid'
import { type TestApp, type TestAppOptions, testApp } from '../platform/http/testing.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import type { Letter, Mailer } from '../mail/mailer.ts'
import { testDatabase, type TestDatabase } from '../platform/testing/test-database.ts'
import { type Accounts, accounts } from './accounts.ts'
import type { SessionReply } from './protocol.ts'
import type { AccountsDeps } from './service.ts'

export interface AccountsApp extends TestApp {
  accounts: Accounts
  database: TestDatabase
  world: World
  /** Letters sent so far. */
  letters: Letter[]
  /** Moves the accounts' clock. */
  pass: (ms: number) => void
  /** Calls as a program, so that the reply holds the refresh token. */
  call: (method: string, path: string, json?: unknown, accessToken?: string) => Promise<Response>
  guest: (name?: string) => Promise<ProgramSession>
  register: (username: string, accessToken?: string) => Promise<ProgramSession>
}

export type ProgramSession = SessionReply & { refreshToken: string }

export const goodPassword = 'correct horse battery'
const jwtSecret = new TextEncoder().encode('a secret for tests, 32 bytes or more')

/** Hashing is cheap here, so that tests which are not about it stay quick. */
export async function accountsApp(
  options: Partial<AccountsDeps> & Pick<TestAppOptions, 'limits'> = {},
): Promise<AccountsApp> {
  const { limits, ...deps } = options
  const database = await testDatabase()
  let offsetMs = 0
  const world: World = {
    now: () => Date.now() + offsetMs,
    newId: v7,
    random: Math.random,
  }
  const letters: Letter[] = []
  const mailer: Mailer = {
    goesTo: { kind: 'folder', path: 'nowhere' },
    send: async (letter) => void letters.push(letter),
  }
  const made = accounts({
    mailer,
    publicUrl: 'https://odeon.example',
    em: database.em,
    sql: database.sql,
    prepared: database.prepared,
    world,
    log: quietLog,
    jwtSecret,
    passwordCost: 4,
    putOut: async () => {},
    closeSockets: () => {},
    handOn: () => {},
    carryOut: async () => {},
    ...deps,
  })
  const app = await testApp({
    endpoints: made.endpoints,
    authenticate: made.authenticate,
    limits: { loginMax: 1e6, ...limits },
  })
  const call: AccountsApp['call'] = (method, path, json, accessToken) =>
    app.fetch(path, {
      method,
      json,
      headers: {
        'x-odeon-client': 'program',
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
      },
    })
  const session = async (response: Response): Promise<ProgramSession> => {
    if (response.status !== 201) throw new Error(await response.text())
    return (await response.json()) as ProgramSession
  }
  return {
    ...app,
    accounts: made,
    letters,
    database,
    world,
    pass: (ms) => {
      offsetMs += ms
    },
    call,
    guest: async (name) => session(await call('POST', '/v1/auth/guest', { name })),
    register: async (username, accessToken) => {
      const registration = { username, email: `${username}@example.org`, password: goodPassword }
      return session(await call('POST', '/v1/auth/register', registration, accessToken))
    },
  }
}
