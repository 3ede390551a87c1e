/** Which account PostgreSQL runs as: it refuses root, so root starts it as somebody else. */
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Options for `spawn`; empty when PostgreSQL runs as the account we run as. */
export interface RunAs {
  uid?: number
  gid?: number
}

/** The account for a cluster folder: its owner when it exists, otherwise `postgres`. */
export async function accountFor(cluster: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const owner = await stat(cluster).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const account = (await idsOf('postgres')) ?? (await createAccount())
  if (account) return account
  throw new Error(
    'PostgreSQL refuses to run as root and no system account could be made for it. ' +
      'Start Odeon as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

async function createAccount(): Promise<RunAs | undefined> {
  const quiet = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin']
  // Another process may be doing the same: what counts is that the account is there afterwards.
  await run('useradd', [...quiet, 'postgres']).catch(() => undefined)
  return (await idsOf('postgres')) ?? (await idsOf('nobody'))
}

async function idsOf(name: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}
