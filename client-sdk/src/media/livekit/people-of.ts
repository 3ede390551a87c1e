/** Who sends what, out of LiveKit's participants: all tabs of a person together. */
import { type MediaSource, mediaSources, personOfMedia } from '@odeon/rooms/protocol'
import { type LocalParticipant, type Participant, Track } from 'livekit-client'
import type { MediaPerson } from '../media-shapes.ts'
import type { IsQuiet } from '../quiet.ts'
import { livekitSources, sourceOf } from './sources.ts'

export function grantedOf({ permissions }: LocalParticipant): ReadonlySet<MediaSource> {
  if (!permissions?.canPublish) return new Set()
  const { canPublishSources } = permissions
  // LiveKit means all of them by none.
  if (canPublishSources.length === 0) return new Set(mediaSources)
  return new Set(
    mediaSources.filter((one) =>
      canPublishSources.includes(Track.sourceToProto(livekitSources[one])),
    ),
  )
}

/** Whoever is not played does not speak. */
export function peopleOf(
  participants: Iterable<Participant>,
  isQuiet: IsQuiet,
): Map<string, MediaPerson> {
  const people = new Map<string, MediaPerson>()
  for (const participant of participants) {
    const { identity } = participant
    const userId = personOfMedia(identity)
    const known = people.get(userId)
    const sources = new Set<MediaSource>(known?.sources)
    const muted = new Set<MediaSource>(known?.muted)
    for (const publication of participant.trackPublications.values()) {
      const source = sourceOf(publication)
      if (source === undefined) continue
      sources.add(source)
      if (publication.isMuted) muted.add(source)
    }
    if (sources.size === 0) continue
    const isHeard = !isQuiet({ userId, identity, source: 'microphone' })
    people.set(userId, {
      sources,
      muted,
      isSpeaking: (isHeard && participant.isSpeaking) || known?.isSpeaking === true,
      level: Math.max(isHeard ? participant.audioLevel : 0, known?.level ?? 0),
    })
  }
  return people
}
