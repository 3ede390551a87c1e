/** What happens on the stages of the demo: a show that is seen and heard, and a table of voices. */
import type { DemoMember } from '../demo-member.ts'
import type { LookName } from './painter.ts'
import { type Act, type Player, RunningPart, type Scene, sceneLimits } from './scene.ts'

export const tableLimits = {
  /** Somebody speaks for so long, and this long is between two. */
  turnMs: [3_500, 11_000],
  betweenMs: [300, 1_400],
  /** From one hand to the next, how long it is up, and how long its owner may then speak. */
  handEveryMs: [14_000, 35_000],
  handUpMs: [5_000, 12_000],
  guestMs: [15_000, 30_000],
} as const

/** How high each of those at the table speaks, Hz. */
const pitchesHz = [124, 208, 168, 236] as const

const seedOf = ({ luck }: Scene) => Math.floor(luck.next() * 2 ** 32)

/** The host sends a moving picture and music. */
export const show =
  (player: Player, look: LookName): Act =>
  async (scene) => {
    const part = { kind: 'show', look, seed: seedOf(scene) } as const
    await new RunningPart(scene, player, { member: scene.host, part }).ended
  }

/** Host and cast talk in turns; of the audience a hand goes up now and then, and gets a turn. */
export const table =
  (player: Player): Act =>
  async (scene) => {
    const talking = new Set<RunningPart>()
    const seat = async (member: DemoMember, isWanted?: () => boolean): Promise<void> => {
      await member.sit()
      const pitchHz = pitchesHz[talking.size % pitchesHz.length] ?? pitchesHz[0]
      const part = { kind: 'voice', pitchHz, seed: seedOf(scene) } as const
      const one = new RunningPart(scene, player, { member, part, ...(isWanted && { isWanted }) })
      talking.add(one)
      await one.ended
      talking.delete(one)
    }
    for (const { user } of scene.cast) await scene.host.invite(user.id)
    const all = [scene.host, ...scene.cast].map((member) => seat(member))
    await Promise.all([...all, takeTurns(scene, talking), raiseHands(scene, seat)])
  }

async function takeTurns(scene: Scene, talking: ReadonlySet<RunningPart>): Promise<void> {
  let last: RunningPart | undefined
  while (scene.isOn()) {
    const ready = [...talking].filter(({ isPlaying }) => isPlaying)
    const others = ready.filter((one) => one !== last)
    const [speaker] = scene.luck.shuffled(others.length > 0 ? others : ready)
    if (speaker === undefined) {
      await scene.pause(sceneLimits.lookEveryMs)
      continue
    }
    last = speaker
    speaker.speak(true)
    await scene.wait(tableLimits.turnMs)
    speaker.speak(false)
    await scene.wait(tableLimits.betweenMs)
  }
}

async function raiseHands(
  scene: Scene,
  seat: (member: DemoMember, isWanted: () => boolean) => Promise<void>,
): Promise<void> {
  while (scene.isOn()) {
    await scene.wait(tableLimits.handEveryMs)
    const [guest] = scene.luck.shuffled(scene.present())
    if (!scene.isOn() || guest === undefined) continue
    await guest.raiseHand()
    await scene.wait(tableLimits.handUpMs)
    if (!scene.isOn()) return
    await scene.host.invite(guest.user.id)
    let isWanted = true
    const seated = seat(guest, () => isWanted && guest.isPresent)
    // Waited for below, and it may fail before.
    seated.catch(() => undefined)
    await scene.wait(tableLimits.guestMs)
    isWanted = false
    await seated
    await guest.stand()
  }
}
