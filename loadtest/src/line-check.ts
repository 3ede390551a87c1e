/**
 * Whether everybody reads the same: between two lines of the log the swarm compares the bytes of
 * all patches at every viewer, and members with the SDK read in them what the server holds.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkers } from './checkers/checkers.ts'
import type { Host } from './hosts/host.ts'
import type { Facts } from './hosts/protocol.ts'
import type { Swarm } from './swarm/swarm.ts'

export interface Readers {
  host: Host
  swarm: Swarm
  checkers: Checkers
}

const settleMsMax = 60_000

/** Resolves when every viewer of the swarm has the line. */
export async function sayOneLine({ host, swarm }: Omit<Readers, 'checkers'>): Promise<Facts> {
  const { said } = await host.ask({ do: 'facts' })
  const before = await swarm.mark()
  await host.ask({ do: 'pace', perTick: 1, everyMs: 60_000, stateEvery: 0 })
  const until = performance.now() + settleMsMax
  for (;;) {
    const facts = await host.ask({ do: 'facts' })
    const { log, open } = await swarm.mark()
    const isThere = facts.said > said && log.entries - before.log.entries === open
    if (isThere) return host.ask({ do: 'rest' })
    if (performance.now() > until) throw new Error(`${host.name}: not everybody got a line`)
    await sleep(50)
  }
}

/** Call after `sayOneLine` and a `reset`; throws when anybody read anything else. */
export async function demandSame(readers: Readers): Promise<void> {
  const { host, swarm, checkers } = readers
  await sayOneLine(readers)
  const { log, open, gone, ends } = await swarm.mark()
  if (gone > 0) throw new Error(`${host.name} closed sockets: ${JSON.stringify(ends)}`)
  if (log.violations > 0 || log.chains < open - 1) {
    throw new Error(`${log.chains} of ${open} got the same patches, ${log.violations} did not`)
  }
  const until = performance.now() + settleMsMax
  for (;;) {
    const { stateHash } = await host.ask({ do: 'facts' })
    const findings = await checkers.findings()
    const wrong = findings.find((one) => one.stateHash !== stateHash || one.closedWith !== null)
    if (wrong === undefined) return
    if (performance.now() > until) {
      throw new Error(`${host.name}, a member with the SDK: ${JSON.stringify(wrong)}`)
    }
    await sleep(100)
  }
}
