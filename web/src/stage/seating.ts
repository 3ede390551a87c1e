/** Who is in the picture and in which order, by what each of them sends. */
import type { MediaPerson } from '@odeon/sdk'

export interface Face {
  userId: string
  name: string
  /** A picture of theirs is to be seen. */
  hasPicture: boolean
  isMuted: boolean
}

export interface Seating {
  /** First: a screen that is shown, which is large, else whoever leads. */
  main: Face | undefined
  /** The large picture is a screen; its owner's face is among those beside. */
  isScreen: boolean
  beside: Face[]
}

/** Whoever shows a screen and all with a seat. */
const besideMax = 12

interface Seated {
  readonly name: string
  readonly seat: number
  readonly isMuted: boolean
  readonly isSilenced: boolean
}

export interface SeatingFacts {
  /** Those with a seat, by user id. */
  speakers: ReadonlyMap<string, Seated>
  /** Those who send, by user id. */
  people: ReadonlyMap<string, MediaPerson>
  /** Of the host without a seat: an encoder sends for them. */
  hostName: string
  /** Whoever sends without a seat has a place: an encoder does, or seats are not known here. */
  mayStand: boolean
}

export function seatingOf({ speakers, people, hostName, mayStand }: SeatingFacts): Seating {
  const seated = [...speakers].toSorted(([, a], [, b]) => a.seat - b.seat)
  // Nobody else sends without a seat, whatever the media still say of who had one.
  const standing = mayStand ? [...people.keys()].filter((id) => !speakers.has(id)) : []
  const leads = seated.filter(([, { seat }]) => seat === 0).map(([id]) => id)
  const others = seated.filter(([, { seat }]) => seat !== 0).map(([id]) => id)
  const faces = [...leads, ...standing, ...others].map((userId): Face => {
    const person = people.get(userId)
    const seat = speakers.get(userId)
    const hasPicture = person?.sources.has('camera') === true && !person.muted.has('camera')
    const hasVoice = person?.sources.has('microphone') === true
    const isHushed = person?.muted.has('microphone') || seat?.isMuted || seat?.isSilenced
    const isMuted = !hasVoice || isHushed === true
    return { userId, name: seat?.name ?? hostName, hasPicture, isMuted }
  })
  const screen = faces.find(({ userId }) => people.get(userId)?.sources.has('screen_share'))
  const main = screen ?? faces[0]
  // Whoever shows a screen is beside it; a face without anything to see or hear takes no place.
  const beside = faces.filter(
    (face) => (screen ? people.has(face.userId) : face !== main) && isThere(face, speakers),
  )
  return { main, isScreen: screen !== undefined, beside: beside.slice(0, besideMax) }
}

function isThere({ userId, hasPicture }: Face, speakers: SeatingFacts['speakers']): boolean {
  return hasPicture || speakers.has(userId)
}
