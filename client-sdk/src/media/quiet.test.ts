// Who is not played: by what the floor says of them, not by what they send.
import { mediaSources } from '@odeon/rooms/protocol'
import { type Participant, Track } from 'livekit-client'
import { expect, test } from 'vitest'
import { peopleOf } from './livekit/people-of.ts'
import { isQuiet } from './quiet.ts'

const quietOf = (seat: { isMuted: boolean; isSilenced: boolean } | undefined, tab = 'a') =>
  mediaSources.filter((source) => isQuiet(seat, { userId: 'ann', identity: `ann_${tab}`, source }))

test('[PLY-14] a muted person is not played, a silenced one with nothing that is heard', () => {
  expect(quietOf({ isMuted: false, isSilenced: false })).toEqual([])
  expect(quietOf({ isMuted: true, isSilenced: false })).toEqual(['microphone'])
  expect(quietOf({ isMuted: true, isSilenced: true })).toEqual(['microphone', 'screen_share_audio'])
})

test('[PLY-14] the encoder of a host who muted themselves goes on, of a silenced one does not', () => {
  expect(quietOf({ isMuted: true, isSilenced: false }, 'encoder')).toEqual([])
  expect(quietOf({ isMuted: true, isSilenced: true }, 'encoder')).toContain('microphone')
  // A host who is not in the room.
  expect(quietOf(undefined, 'encoder')).toEqual([])
})

test('[PLY-14] [VOI-07] whoever is not played does not speak, by whichever connection', () => {
  const track = { source: Track.Source.Microphone, isMuted: false }
  const trackPublications = new Map([['track', track]])
  const loud = { trackPublications, isSpeaking: true, audioLevel: 0.5 }
  const by = (...identities: string[]) =>
    identities.map((identity) => ({ ...loud, identity }) as unknown as Participant)
  const said = (participants: Participant[], quiet: string[]) => {
    const people = peopleOf(participants, ({ userId }) => quiet.includes(userId))
    return Array.from(people, ([id, { isSpeaking, level }]) => [id, isSpeaking, level])
  }
  const both = by('ann_a', 'ann_b', 'bob_a')
  expect(said(both, [])).toEqual([
    ['ann', true, 0.5],
    ['bob', true, 0.5],
  ])
  expect(said(both, ['ann'])).toEqual([
    ['ann', false, 0],
    ['bob', true, 0.5],
  ])
})
