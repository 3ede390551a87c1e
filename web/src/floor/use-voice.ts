/** Your own voice in a room: turning it on, muting, talking while a key is held. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLatest } from '../chat/use-latest.ts'
import { keptVoice, type MicrophoneTrouble, nextStep, troubleOf } from './own-voice.ts'
import type { FloorView } from './use-floor.ts'
import { type MicrophoneChoice, useMicrophoneChoice } from './use-microphone-choice.ts'
import { useOtherWindows } from './use-other-windows.ts'
import { type SoundView, useSound } from './use-sound.ts'

export interface Voice {
  sound: SoundView
  /** You can be heard. */
  isOpen: boolean
  isSeated: boolean
  /** This window has your microphone, muted or not. */
  isHere: boolean
  /** Another window of yours is heard. */
  isElsewhere: boolean
  isBusy: boolean
  trouble: MicrophoneTrouble | undefined
  choice: MicrophoneChoice
  /** Another microphone, at once if one is in use. */
  choose: (deviceId: string) => void
  /** Takes a seat, with the microphone on unless told. */
  sit: (isMuted?: boolean) => Promise<unknown>
  turnOn: () => void
  toggle: () => void
  /** Mutes or unmutes; where there is no seat or voice nothing happens. */
  talk: (isTalking: boolean) => void
  /** Lets go of the microphone. */
  close: () => void
}

export function useVoice(view: FloorView, isLive: boolean): Voice {
  const { room, floor, state, you, ask } = view
  const { streamId } = room
  // While there are none the media wait by themselves, and keep what is sent.
  const sound = useSound(room, isLive)
  const own = state.speakers.get(you.id)
  const [isHere, setHere] = useState(() => keptVoice.isOpenIn(streamId))
  /** You muted: so it is here at once, whatever the room still has to hear of it. */
  const [isHeldBack, setHeldBack] = useState(false)
  const [trouble, setTrouble] = useState<MicrophoneTrouble>()
  const windows = useOtherWindows(`${streamId} ${you.id}`, () => {
    setHere(false)
    keptVoice.close()
  })
  // One that was loaded again, or made from another, has it alone.
  useEffect(() => {
    if (keptVoice.isOpenIn(streamId)) windows.tell()
  }, [streamId, windows])
  const hold = useCallback(
    (holds: boolean) => {
      setHere(holds)
      if (holds) keptVoice.open(streamId)
      else keptVoice.close()
      // One microphone of one person: it moves over here.
      if (holds) windows.tell()
    },
    [streamId, windows],
  )
  const letGo = () => hold(false)
  const choice = useMicrophoneChoice(room.media)
  const { publish } = choice
  const isBusy = useMicrophone(view, { sound, isHere, isHeldBack, setTrouble, letGo, publish })

  const isSeated = own !== undefined
  const isSilenced = own?.isSilenced ?? false
  const isMuted = own?.isMuted ?? true
  // Whoever lost the seat begins muted in the next one.
  const wasSeated = useRef(isSeated)
  useEffect(() => {
    if (wasSeated.current && !isSeated) hold(false)
    wasSeated.current = isSeated
  }, [isSeated, hold])

  const turnOn = () => {
    setTrouble(undefined)
    hold(true)
    setHeldBack(false)
    if (isMuted || isHeldBack) ask(() => floor.mute(false))
  }
  const turnOff = () => {
    setHeldBack(true)
    ask(() => floor.mute(true))
  }
  const isOpen = isSeated && isHere && !isMuted && !isSilenced && !isHeldBack
  const isElsewhere = !isHere && !isMuted && own?.isAudible === true
  return {
    sound,
    isOpen,
    isSeated,
    isHere,
    isElsewhere,
    isBusy,
    trouble,
    choice,
    choose: (deviceId) => {
      setTrouble(undefined)
      choice.choose(deviceId).catch((error: unknown) => setTrouble(troubleOf(error)))
    },
    turnOn,
    sit: async (mute = false) => {
      hold(!mute)
      setHeldBack(mute)
      // Without the seat nothing is held open for a later one.
      await floor.sit().catch((error: unknown) => {
        hold(false)
        throw error
      })
      if (mute) await floor.mute(true)
    },
    toggle: () => {
      if (!isSeated || isSilenced) return
      if (isElsewhere) ask(() => floor.mute(true))
      else if (isOpen) turnOff()
      else turnOn()
    },
    talk: (isTalking) => {
      if (!isSeated || isSilenced) return
      // Let go before the room has answered: it is muted all the same.
      if (isTalking) turnOn()
      else turnOff()
    },
    close: () => hold(false),
  }
}

interface Microphone {
  sound: SoundView
  isHere: boolean
  isHeldBack: boolean
  setTrouble: (trouble: MicrophoneTrouble | undefined) => void
  letGo: () => void
  publish: () => Promise<void>
}

/** Does what the floor asks of the microphone, one thing at a time; true while it does. */
function useMicrophone(view: FloorView, microphone: Microphone) {
  const { sound, isHere, isHeldBack, setTrouble, letGo, publish } = microphone
  const { media } = view.room
  const own = view.state.speakers.get(view.you.id)
  const [isBusy, setBusy] = useState(false)
  const [isSentMuted, setSentMuted] = useState(false)
  const step = isBusy
    ? undefined
    : nextStep({
        isHere: isHere && own !== undefined,
        isMuted: isHeldBack || (own?.isMuted ?? true),
        isSilenced: own?.isSilenced ?? false,
        isGranted: sound.status === 'on' && sound.isGranted,
        isSent: sound.isSent,
        isSentMuted,
      })
  const failed = useLatest({ setTrouble, letGo })

  useEffect(() => {
    if (!step) return
    const doing = {
      publish,
      unpublish: () => media.unpublish('microphone'),
      mute: () => media.mute('microphone', true),
      unmute: () => media.mute('microphone', false),
    }
    setBusy(true)
    doing[step]()
      .then(() => {
        setSentMuted(step === 'mute')
        failed.current.setTrouble(undefined)
      })
      .catch((error: unknown) => {
        // Turned on again by hand: a browser that said no is not asked in circles.
        failed.current.setTrouble(troubleOf(error))
        failed.current.letGo()
      })
      .finally(() => setBusy(false))
  }, [media, step, publish, failed])
  return isBusy
}
