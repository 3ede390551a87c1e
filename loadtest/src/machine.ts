/** The machine under the benchmark: which core does what, and the facts worth printing. */
import { execFile } from 'node:child_process'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { swarmProgram } from './swarm/build-swarm.ts'

/** Core 0 belongs to the server under load alone; the viewers get core 1. */
export const cores = { server: 0, viewers: 1, others: Math.min(2, cpus().length - 1) } as const

/** Ties a process and its threads to one core. */
export async function pin(pid: number, core: number): Promise<void> {
  await promisify(execFile)(await swarmProgram(), ['pin', String(core), String(pid)])
}

export function machineFacts(): string {
  const [cpu] = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  return [
    `${cpus().length} cores of ${cpu?.model.trim() ?? 'an unnamed CPU'}`,
    `${gib} GiB`,
    `${platform()} ${release().split('-')[0]} ${arch()}`,
    `Node ${process.versions.node}`,
  ].join(', ')
}

export function demandTwoCores(): void {
  if (platform() !== 'linux') throw new Error('The load client is for Linux (epoll, /proc).')
  if (cpus().length < 2) throw new Error('Two cores are needed: one for the server alone.')
}
