/** A live stream under load: a stream of its own, or one that is live already. */
import { randomBytes } from 'node:crypto'
import { chatLimits, reactionLimits } from '@odeon/rooms/protocol'
import { Odeon } from '@odeon/sdk'
import type { Invariant } from '../load/invariants.ts'
import { LoadMember } from '../load/member.ts'
import type { LoadPlan } from '../load/plan.ts'
import type { ServerUnderLoad } from '../load/server-under-load.ts'
import type { RoomKind, RoomUnderLoad } from './kind.ts'

/** Of what a member may say in a second. */
const talkShare = 0.6
/**
 * A member says the next line when the last is answered. A relay answers with its next beat, of
 * which a full one has one or two a second, and the command waits for a beat of the writer before.
 * On a machine that is full an answer takes longer; with too few members the lines that wait for
 * theirs would be taken for the server's.
 */
const answerOfRelayS = 2

const reactionsAddUp: Invariant = {
  name: 'every reaction is counted once',
  when: 'end',
  check({ members, isOurs, viewers: { mark } }) {
    const hearts = members.reduce((sum, { said }) => sum + said.hearts, 0)
    // Viewers hear no answer: what they said was counted, or refused as too fast.
    const ofViewers = mark.said
    const unknown = members.reduce((sum, { said }) => sum + said.heartsUnknown, ofViewers)
    const totals = members.map(({ state }) => state.reactions.heart)
    const [least, most] = [Math.min(...totals), Math.max(...totals)]
    // In somebody else's stream other people react as well.
    const adds = !isOurs || (least >= hearts && most <= hearts + unknown)
    const held = least === most ? `${least}` : `${least} to ${most}`
    return {
      holds: least === most && adds,
      found: `${hearts + ofViewers} sent, members hold ${held}`,
    }
  },
}

export const live: RoomKind = {
  open: (server, plan) =>
    plan.server.streamId === undefined
      ? openStream(server)
      : Promise.resolve(visit(server, plan.server.streamId)),
  talkers({ chatPerS, reactionsPerS, viewersReact }: LoadPlan, { urls }: ServerUnderLoad) {
    const answerS = urls.length > 1 ? answerOfRelayS : 0
    const needed = (perS: number, each: number) => perS * Math.max(1 / (each * talkShare), answerS)
    const reactions = viewersReact ? 0 : needed(reactionsPerS, reactionLimits.sendPerSecond)
    return Math.ceil(Math.max(needed(chatPerS, chatLimits.sendPerSecond), reactions))
  },
  invariants: [reactionsAddUp],
}

/** An account of its own, whose room it is. */
export async function owner({ url }: Pick<ServerUnderLoad, 'url'>): Promise<Odeon> {
  const odeon = new Odeon(url)
  const name = `load_${randomBytes(5).toString('hex')}`
  const password = randomBytes(16).toString('base64url')
  await odeon.auth.register({ username: name, email: `${name}@example.com`, password })
  return odeon
}

export async function openStream(server: ServerUnderLoad): Promise<RoomUnderLoad> {
  const odeon = await owner(server)
  const stream = await odeon.streams.create({ title: 'A load run' })
  const host = await odeon.live.join(stream.id)
  await host.start()
  return {
    ...visit(server, stream.id),
    async end() {
      await host.end()
      await host.leave()
    },
  }
}

export function visit({ url, urls }: ServerUnderLoad, streamId: string): RoomUnderLoad {
  let joined = 0
  const next = () => urls[joined++ % urls.length] ?? url
  return {
    seatPath: `/v1/streams/${streamId}/seat`,
    socketPath: `/v1/streams/${streamId}/socket`,
    join: (name, ledger) => LoadMember.join({ url: next(), streamId }, name, ledger),
    end: () => Promise.resolve(),
  }
}
