/** In thumb's reach: the big mute of a speaker, the hand of a listener, the queue, the chat. */
import { Hand, ListOrdered, LogOut, MessageSquare, Mic, MicOff, VolumeX } from 'lucide-react'
import { useRef } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useLetterKeys } from '../frame/letter-keys.ts'
import { useTranslation } from '../text/use-translation.ts'
import { MicrophoneTool } from './microphone-tool.tsx'
import { QueuePanel } from './queue-panel.tsx'
import type { FloorView } from './use-floor.ts'
import { useOwnLevel } from './use-own-level.ts'
import type { Voice } from './use-voice.ts'

interface FloorBarProps {
  view: FloorView
  voice: Voice
  /** Undefined where the chat stands beside the hall. */
  onShowChat: (() => void) | undefined
  /** Lines that came since the chat was looked at. */
  newLines: number
}

export function FloorBar({ view, voice, onShowChat, newLines }: FloorBarProps) {
  const { t } = useTranslation()
  const { state, you } = view
  const isSeated = state.speakers.has(you.id)
  return (
    <div className="floor-bar" role="group" aria-label={t('floor.controls')}>
      <div className="floor-side">
        <QueueButton view={view} />
        {isSeated && you.role !== 'host' ? <StandButton view={view} voice={voice} /> : null}
      </div>
      {isSeated ? (
        <MuteButton view={view} voice={voice} />
      ) : (
        <HandButtons view={view} voice={voice} />
      )}
      <div className="floor-side">
        {isSeated ? <MicrophoneTool view={view} voice={voice} /> : null}
        {onShowChat ? <ChatButton newLines={newLines} onShowChat={onShowChat} /> : null}
      </div>
    </div>
  )
}

function QueueButton({ view }: { view: FloorView }) {
  const { t } = useTranslation()
  const count = view.state.hands.size
  const label = count > 0 ? t('floor.queueCount', { count }) : t('floor.queue')
  return (
    <DialogTrigger>
      <Button className="floor-tool" aria-label={label} data-lit={count > 0 || undefined}>
        {/* Who raises a hand has that sign on the button for it. */}
        {view.isCrew ? (
          <Hand size={20} aria-hidden="true" />
        ) : (
          <ListOrdered size={20} aria-hidden="true" />
        )}
        {count > 0 ? (
          <span className="floor-count figures" aria-hidden="true">
            {count}
          </span>
        ) : null}
      </Button>
      <Popover className="menu-popover floor-popover" placement="top" offset={12}>
        <Dialog className="floor-dialog" aria-label={t('floor.queue')}>
          <QueuePanel view={view} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function MuteButton({ view, voice }: { view: FloorView; voice: Voice }) {
  const { t } = useTranslation()
  const isSilenced = view.state.speakers.get(view.you.id)?.isSilenced ?? false
  const { isHere, isElsewhere, isBusy } = voice
  const isOpen = voice.isOpen || isElsewhere
  const muted = isElsewhere ? t('floor.muteElsewhere') : t('floor.mute')
  const act = isOpen ? muted : isHere ? t('floor.unmute') : t('floor.turnOn')
  const label = isSilenced ? t('floor.youAreSilenced') : act
  const Icon = isSilenced ? VolumeX : isOpen ? Mic : MicOff
  const own = useRef<HTMLButtonElement>(null)
  const hasLetters = useLetterKeys()
  useOwnLevel(view.room.media, voice.isOpen, own)
  return (
    <div className="floor-main">
      <button
        ref={own}
        type="button"
        className="floor-mute"
        data-open={isOpen || undefined}
        data-busy={isBusy || undefined}
        aria-disabled={isSilenced || undefined}
        aria-keyshortcuts={hasLetters ? 'm' : undefined}
        aria-label={label}
        title={t(hasLetters ? 'floor.keys' : 'floor.keysSpace')}
        onClick={() => {
          if (!isSilenced) voice.toggle()
        }}
      >
        <Icon size={32} aria-hidden="true" />
      </button>
      <span className="floor-label" aria-hidden="true">
        {label}
      </span>
      <span className="unseen" role="status">
        {isSilenced ? t('floor.youAreSilenced') : isOpen ? t('floor.isOn') : t('floor.isOff')}
      </span>
    </div>
  )
}

function HandButtons({ view, voice }: { view: FloorView; voice: Voice }) {
  const { t } = useTranslation()
  const { floor, you, ask } = view
  const { hands } = floor
  const place = hands.findIndex(({ id }) => id === you.id) + 1
  const isUp = place > 0
  const { maySit } = floor
  return (
    <div className="floor-main">
      <div className="floor-choices">
        {maySit ? (
          <button
            type="button"
            className="button button-primary floor-choice"
            onClick={() => ask(() => voice.sit())}
          >
            <Mic size={20} aria-hidden="true" />
            {t('floor.sit')}
          </button>
        ) : null}
        {maySit && !isUp ? null : (
          <button
            type="button"
            className={`button ${isUp ? 'button-plain' : 'button-primary'} floor-choice`}
            onClick={() => ask(() => (isUp ? floor.lowerHand() : floor.raiseHand()))}
          >
            <Hand size={20} aria-hidden="true" />
            {isUp ? t('floor.lower') : t('floor.raise')}
          </button>
        )}
      </div>
      <span className="floor-label figures" role="status">
        {isUp ? t('floor.place', { count: place }) : null}
      </span>
    </div>
  )
}

function StandButton({ view: { floor, ask }, voice }: { view: FloorView; voice: Voice }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="floor-tool"
      aria-label={t('floor.stand')}
      title={t('floor.stand')}
      onClick={() => {
        voice.close()
        ask(() => floor.stand())
      }}
    >
      <LogOut size={20} aria-hidden="true" />
    </button>
  )
}

function ChatButton(props: { newLines: number; onShowChat: () => void }) {
  const { t } = useTranslation()
  const { newLines, onShowChat } = props
  return (
    <button
      type="button"
      className="floor-tool"
      aria-label={newLines > 0 ? t('floor.chatNew', { count: newLines }) : t('floor.chat')}
      onClick={onShowChat}
    >
      <MessageSquare size={20} aria-hidden="true" />
      {newLines > 0 ? (
        <span className="floor-count figures" aria-hidden="true">
          {newLines > 99 ? '99+' : newLines}
        </span>
      ) : null}
    </button>
  )
}
