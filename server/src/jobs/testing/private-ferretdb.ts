/** A FerretDB of its own for a test file, on a database of the tests' PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, inject } from 'vitest'
import { openDatabase } from '../../platform/database.ts'
import { freePort } from '../../platform/testing/free-port.ts'
import { databaseUrl } from '../../platform/testing/names.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { ferretdbProgram } from '../ferretdb-program.ts'

const found = await ferretdbProgram({ environment: process.env, builds: false })
export const hasFerretDb = 'path' in found

/** Says loudly that nothing was tested with MongoDB; where it must be had, that is a failure. */
export function demandFerretDb(): void {
  if (!('missing' in found)) return
  const text = `No FerretDB: jobs in MongoDB were NOT tested. ${found.missing}`
  if (process.env.CI) throw new Error(text)
  process.stderr.write(`\n  ${text}\n\n`)
}

export interface PrivateFerretDb {
  url: string
  /** Kills it, and starts another in its place. */
  crash(): Promise<void>
}

/** Ends with the file. */
export async function privateFerretDb(): Promise<PrivateFerretDb> {
  if (!('path' in found)) throw new Error(found.missing)
  const { path: program } = found
  const name = `ferret_${randomBytes(6).toString('hex')}`
  // FerretDB knows some collations only.
  await asAdmin(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
  const port = await freePort()
  const start = () => startOn(program, databaseUrl(inject('postgresUrl'), name), port)
  let child = await start()
  const end = async () => {
    const gone = once(child, 'close')
    child.kill('SIGKILL')
    await gone
  }
  afterAll(async () => {
    await end()
    await asAdmin(`drop database if exists ${name} with (force)`)
  })
  return {
    url: `mongodb://127.0.0.1:${port}/odeon`,
    async crash() {
      await end()
      child = await start()
    },
  }
}

async function startOn(program: string, url: string, port: number): Promise<ChildProcess> {
  const words = [
    `--listen-addr=127.0.0.1:${port}`,
    `--postgresql-url=${url}`,
    '--debug-addr=-',
    '--state-dir=-',
    '--telemetry=disable',
    '--log-level=error',
  ]
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'inherit'] })
  while (child.exitCode === null) {
    if (await answers(port)) return child
    await delay(30)
  }
  throw new Error(`ferretdb ended with ${child.exitCode}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

async function asAdmin(statement: string): Promise<void> {
  const schema = { entities: [], migrations: [] }
  const admin = await openDatabase({ url: inject('postgresUrl'), log: quietLog, schema })
  try {
    await admin.sql([statement] as unknown as TemplateStringsArray)
  } finally {
    await admin.close()
  }
}
