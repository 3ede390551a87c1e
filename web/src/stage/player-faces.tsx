/** Everybody in the picture: one alone, all in equal tiles, or beside a screen that is shown. */
import type { LiveConnection, MediaSource } from '@odeon/sdk'
import { useMemo, useRef } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { PlayerFace } from './player-face.tsx'
import { type Seating, seatingOf } from './seating.ts'
import { useMediaFact } from './use-media-fact.ts'
import { useTiles } from './use-tiles.ts'

const nobody = new Map<string, never>()
const nothing: ReadonlySet<never> = new Set()

/**
 * Who is in the picture now; `hostName` is of an encoder that sends in the host's place. Whoever
 * looks at what they send themselves sees it while the media are away, too.
 */
export function useSeating(
  room: LiveConnection,
  hostName: string,
  sending: ReadonlySet<MediaSource> = nothing,
): Seating {
  const { media, you } = room
  const speakers = useRoomState(room, (state) => state.floor?.speakers) ?? nobody
  const hasEncoder = useRoomState(room, ({ floor }) => (floor?.encoder.since ?? 0) > 0)
  const known = useMediaFact(media, (now) => now.people)
  return useMemo(() => {
    const isUnknown = sending.size > 0 && !known.has(you.id)
    const own = { sources: sending, muted: nothing, isSpeaking: false, level: 0 }
    const people = isUnknown ? new Map(known).set(you.id, own) : known
    return seatingOf({ speakers, people, hostName, mayStand: hasEncoder })
  }, [speakers, known, hostName, hasEncoder, sending, you.id])
}

export function PlayerFaces({ room, seating }: { room: LiveConnection; seating: Seating }) {
  const { media, you } = room
  const { main, beside, isScreen } = seating
  const box = useRef<HTMLDivElement>(null)
  const isGroup = beside.length > 0
  useTiles(box, { count: beside.length + (isScreen ? 0 : 1), isScreen })
  if (!main) return null
  return (
    <div
      ref={box}
      className="player-faces"
      data-group={isGroup ? (isScreen ? 'screen' : 'tiles') : undefined}
    >
      <PlayerFace
        media={media}
        face={main}
        isMain
        isAlone={!isGroup}
        isScreen={isScreen}
        isOwn={main.userId === you.id}
        key="main"
      />
      {isGroup ? (
        <div className="player-beside">
          {beside.map((face) => (
            <PlayerFace
              key={face.userId}
              media={media}
              face={face}
              isOwn={face.userId === you.id}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}
