/** Picture and sound of another side, over a stage of its own for when there is none. */
import type { LiveConnection, RoomMedia } from '@odeon/sdk'
import { Volume2, VolumeX } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { PlayerFace } from '../stage/player-face.tsx'
import { seatingOf } from '../stage/seating.ts'
import { Stage } from '../stage/stage.tsx'
import { useMediaFact } from '../stage/use-media-fact.ts'
import { useSound } from '../stage/use-sound.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { BattleSideNow } from './battle-view.ts'

interface RivalPictureProps {
  room: LiveConnection
  side: BattleSideNow
}

const nobody = new Map<string, never>()
const energy = 0.5

export function RivalPicture({ room, side }: RivalPictureProps) {
  const { t } = useTranslation()
  const { streamId, channel, name, avatarUrl } = side
  const media = room.battles.media(streamId)
  const people = useMediaFact(media, (now) => now.people)
  const refused = useVisit(media)
  const seating = useMemo(
    () => seatingOf({ speakers: nobody, people, hostName: name, mayStand: true }),
    [people, name],
  )
  const { main, isScreen } = seating
  const isSeen = main !== undefined && (isScreen || main.hasPicture)
  return (
    <>
      <Stage
        channelId={channel}
        hostName={name}
        picture={avatarUrl || null}
        phase="live"
        viewers={0}
        energy={energy}
        small
      />
      {isSeen ? (
        <div className="player-faces">
          <PlayerFace media={media} face={main} isMain isScreen={isScreen} />
        </div>
      ) : null}
      {refused ? <p className="battle-refused">{refused}</p> : null}
      {people.size > 0 ? <Hush media={media} label={t('battle.hush', { name })} /> : null}
    </>
  )
}

/** In their media while this is shown; why not, when that is refused. */
function useVisit(media: RoomMedia): string | undefined {
  const { t } = useTranslation()
  const [error, setError] = useState<unknown>()
  const isBlocked = useMediaFact(media, (now) => now.isSoundBlocked)
  useEffect(() => {
    let isGone = false
    setError(undefined)
    media.listen().catch((refusal: unknown) => {
      if (!isGone) setError(refusal)
    })
    return () => {
      isGone = true
      void media.leave()
    }
  }, [media])
  useEffect(() => {
    if (!isBlocked) return
    const unblock = () => void media.unblockSound()
    document.addEventListener('click', unblock)
    return () => document.removeEventListener('click', unblock)
  }, [media, isBlocked])
  return error === undefined ? undefined : errorText(t, error)
}

function Hush({ media, label }: { media: RoomMedia; label: string }) {
  const [isHushed, setHushed] = useState(false)
  useSound(media, isHushed)
  const Icon = isHushed ? VolumeX : Volume2
  return (
    <button
      type="button"
      className="player-tool battle-hush"
      aria-label={label}
      title={label}
      aria-pressed={isHushed}
      onClick={() => setHushed(!isHushed)}
    >
      <Icon size={18} aria-hidden="true" />
    </button>
  )
}
