/** What must hold in a load run, whatever the kind of room: while it runs, and at its end. */
import type { Crowd } from './crowd.ts'
import type { LoadMember } from './member.ts'
import type { CrowdMark } from './merge-marks.ts'
import type { Shared } from './shared-state.ts'

export interface Facts {
  members: LoadMember[]
  /** Members who joined at the very end. */
  late: LoadMember[]
  viewers: { wanted: number; mark: CrowdMark }
  shared: Pick<Shared, 'compared' | 'differences'>
  blocks: Pick<Crowd, 'foreignBlocks' | 'comparedBlocks'>
  /** The stream was opened for this run: nobody else speaks in it. */
  isOurs: boolean
}

export interface Invariant {
  name: string
  /** `always`: looked at each second and at the end. */
  when: 'always' | 'end'
  /** `found` reads by itself as good or as bad: "none failed", never "0 failed". */
  check(facts: Facts): { holds: boolean; found: string }
}

export interface Finding {
  name: string
  holds: boolean
  found: string
}

/** Refusals that say "not now"; any other one means that the load did something wrong. */
const expectedRefusals = new Set(['rate_limited', 'busy'])
/** How sockets may end because the run wanted it. */
const wanted = new Set(['cut', 'left'])

const none = (found: number, what: string) => ({
  holds: found === 0,
  found: found === 0 ? `none ${what}` : `${found} ${what}`,
})
const sum = (members: LoadMember[], of: (member: LoadMember) => number) =>
  members.reduce((total, member) => total + of(member), 0)

export const invariants: readonly Invariant[] = [
  {
    name: 'every join succeeds',
    when: 'always',
    check: ({ viewers: { mark } }) => {
      const { holds, found } = none(mark.failed, 'failed')
      return { holds, found: holds ? found : `${found}${said(foreign(mark.ends))}` }
    },
  },
  {
    name: 'no socket ends unasked',
    when: 'always',
    check: ({ members, viewers: { mark } }) => {
      const closed = members.filter(({ connection }) => connection !== 'live').length
      const ends = foreign(mark.ends)
      const holds = ends.size === 0 && closed === 0
      return { holds, found: holds ? 'none ended' : `${closed} members lost${said(ends)}` }
    },
  },
  {
    name: 'members get lines in order',
    when: 'always',
    check: ({ members }) =>
      none(
        sum(members, (member) => member.outOfOrder),
        'out of order',
      ),
  },
  {
    name: 'no member gets a line twice',
    when: 'always',
    check: ({ members }) =>
      none(
        sum(members, (member) => member.doubled),
        'twice',
      ),
  },
  {
    name: 'every line is whole',
    when: 'always',
    check: ({ members }) =>
      none(
        sum(members, (member) => member.damaged),
        'damaged',
      ),
  },
  {
    name: 'every viewer gets the same log and patches, whole',
    when: 'always',
    check: ({ viewers: { mark }, blocks }) => {
      const { checked, chains, missed, violations, spared } = mark.log
      const faults = missed + violations + blocks.foreignBlocks
      const looked = [checked, chains].map((count) => count.toLocaleString('en'))
      const faulty = faults === 0 ? 'no faults' : `${faults} faults`
      const found = `${faulty} in ${looked[0]} entries and ${looked[1]} runs of patches`
      const left = spared === 0 ? '' : `, ${spared.toLocaleString('en')} spared with a word`
      return { holds: faults === 0, found: `${found}, ${blocks.comparedBlocks} blocks${left}` }
    },
  },
  {
    name: 'members hold the same state',
    when: 'always',
    check: ({ shared: { compared, differences } }) => ({
      holds: differences === 0,
      found:
        differences === 0
          ? `the same in all ${compared} looks`
          : `${differences} of ${compared} looks differ`,
    }),
  },
  {
    name: 'refusals are only "not now"',
    when: 'always',
    check: ({ members }) => {
      const refusals = merged(members.map((member) => member.said.refusals))
      const wrong = [...refusals.keys()].filter((code) => !expectedRefusals.has(code))
      const found = refusals.size === 0 ? 'none refused' : `refused${said(refusals)}`
      return { holds: wrong.length === 0, found }
    },
  },
  {
    name: 'everything said is answered',
    when: 'end',
    check: ({ members }) => {
      const silent = merged(members.map((member) => member.said.unavailable))
      const holds = silent.size === 0
      return { holds, found: holds ? 'none unanswered' : `unanswered${said(silent)}` }
    },
  },
  {
    name: 'no accepted line is missing',
    when: 'end',
    check: ({ members }) => {
      const seqs = members.flatMap(({ said }) => [...said.accepted.values()])
      const gone = ({ heard }: LoadMember) => seqs.filter((seq) => !heard.has(seq)).length
      const gaps = sum(members, ({ discontinuities }) => discontinuities)
      return none(sum(members, gone) + gaps, 'missing')
    },
  },
  {
    name: 'no line arrives that was refused',
    when: 'end',
    check: ({ members, isOurs }) => {
      const known = new Set(
        members.flatMap(({ said }) => [...said.accepted.keys(), ...said.unknown]),
      )
      const strange = ({ heard }: LoadMember) =>
        [...heard.values()].filter((number) => !known.has(number)).length
      const elsewhere = { holds: true, found: 'not looked at: others may speak in this room' }
      return isOurs ? none(sum(members, strange), 'arrived') : elsewhere
    },
  },
  {
    name: 'all members hold the same log',
    when: 'end',
    check: ({ members }) => {
      const logs = new Set(members.map(({ heard }) => JSON.stringify([...heard])))
      const holds = logs.size <= 1
      return { holds, found: holds ? `one log in ${members.length}` : `${logs.size} logs` }
    },
  },
  {
    name: 'everybody is there and at the head',
    when: 'end',
    check: ({ members, viewers: { wanted: all, mark } }) => {
      const { reading } = mark.heads
      const head = Math.max(0, ...members.map((member) => member.head))
      const { least, most } = mark.heads
      const there = mark.open === all && (all === 0 || (least === head && most === head))
      const at = least === most ? `${least}` : `${least} to ${most}`
      const still = reading > 0 ? `, ${reading} still reading` : ''
      return { holds: there, found: `${mark.open} of ${all} in, at ${at} of ${head}${still}` }
    },
  },
  {
    name: 'who joins now holds the state of those who were there',
    when: 'end',
    check: ({ late, shared: { differences } }) => {
      const holds = late.length > 0 && differences === 0
      const came = late.length === 0 ? 'nobody joined late' : `${late.length} joined late`
      return { holds, found: holds ? `${came} and hold it` : `${came}, ${differences} differences` }
    },
  },
]

function foreign(ends: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(ends).filter(([why]) => !wanted.has(why)))
}

function merged(counts: Map<string, number>[]): Map<string, number> {
  const all = new Map<string, number>()
  for (const [name, count] of counts.flatMap((one) => [...one])) {
    all.set(name, (all.get(name) ?? 0) + count)
  }
  return all
}

function said(counts: Map<string, number>): string {
  if (counts.size === 0) return ''
  return `: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`
}
