/** What must hold after a load run, each as a sentence with what was found. */
import type { Mark } from '../swarm/swarm.ts'
import type { LoadMember } from './member.ts'

export interface Invariant {
  name: string
  holds: boolean
  found: string
}

/** Refusals that say "not now"; any other one means that the load did something wrong. */
const expectedRefusals = new Set(['rate_limited', 'busy'])

export interface Outcome {
  members: LoadMember[]
  viewers: { wanted: number; joined: Mark; end: Mark }
}

export function invariants({ members, viewers }: Outcome): Invariant[] {
  const sum = (of: (member: LoadMember) => number) =>
    members.reduce((total, member) => total + of(member), 0)
  const accepted = new Map(members.flatMap(({ said }) => [...said.accepted]))
  const unknown = new Set(members.flatMap(({ said }) => [...said.unknown]))
  const missing = sum(({ heard }) => [...accepted.values()].filter((seq) => !heard.has(seq)).length)
  const foreign = sum(
    ({ heard }) => [...heard.values()].filter((n) => !accepted.has(n) && !unknown.has(n)).length,
  )
  const logs = new Set(members.map(({ heard }) => JSON.stringify([...heard])))
  const posted = Math.max(0, ...members.map(({ heard }) => heard.size))
  const { least, most } = viewers.end.perViewer
  const refusals = merged(members.map(({ said }) => said.refusals))
  const wrongRefusals = [...refusals.keys()].filter((code) => !expectedRefusals.has(code))
  const unavailable = merged(members.map(({ said }) => said.unavailable))
  const closed = members.filter(({ connection }) => connection !== 'live').length
  const is = (name: string, holds: boolean, found: string): Invariant => ({ name, holds, found })
  const none = (name: string, found: number): Invariant => is(name, found === 0, `${found} found`)
  return [
    none('every join succeeds', viewers.wanted - viewers.joined.open),
    is('no socket ends early', viewers.end.gone + closed === 0, said(viewers.end.ends)),
    none(
      'lines arrive in order',
      sum((member) => member.outOfOrder),
    ),
    none(
      'no line arrives twice',
      sum((member) => member.doubled),
    ),
    none('no accepted line is missing', missing + sum((member) => member.discontinuities)),
    none('no line arrives that was refused', foreign),
    none(
      'every line is whole',
      sum((member) => member.damaged),
    ),
    is('all members hold the same log', logs.size === 1, `${logs.size} different`),
    is(
      'every viewer got every line once',
      least === posted && most === posted,
      `${posted} posted, viewers got ${least} to ${most}`,
    ),
    is('refusals are only "not now"', wrongRefusals.length === 0, said(refusals)),
    is('every line is answered', unavailable.size === 0, said(unavailable)),
  ]
}

function merged(counts: Map<string, number>[]): Map<string, number> {
  const all = new Map<string, number>()
  for (const [name, count] of counts.flatMap((one) => [...one])) {
    all.set(name, (all.get(name) ?? 0) + count)
  }
  return all
}

function said(counts: Map<string, number> | Record<string, number>): string {
  const entries = counts instanceof Map ? [...counts] : Object.entries(counts)
  return entries.length === 0 ? 'none' : entries.map(([name, n]) => `${name}: ${n}`).join(', ')
}
