/** What may be done about a speaker, by whoever stands above them; each with its way back. */
import type { FloorSpeaker } from '@odeon/sdk'
import { Crown, LogOut, type LucideIcon, Mic, MicOff, Timer } from 'lucide-react'
import type { TFunction } from '../text/use-translation.ts'
import type { FloorView } from './use-floor.ts'

export interface SpeakerAct {
  key: 'turn' | 'silence' | 'remove' | 'successor'
  text: string
  icon: LucideIcon
  act: () => void
}

const steps = { speaker: 0, moderator: 1, host: 2 } as const

/** The server decides; this keeps out of sight what it would refuse. */
function standsBelow(view: FloorView, speaker: FloorSpeaker): boolean {
  const { role, you } = view
  if (role === 'listener' || speaker.id === you.id) return false
  return steps[speaker.role] < steps[role]
}

export function speakerActs(t: TFunction, view: FloorView, speaker: FloorSpeaker): SpeakerAct[] {
  if (!view.isCrew || !standsBelow(view, speaker)) return []
  const acts = [silence(t, view, speaker), remove(t, view, speaker)]
  if (speaker.turnUntil > 0) acts.unshift(turn(t, view, speaker))
  return view.role === 'host' ? [...acts, successor(t, view, speaker)] : acts
}

function turn(t: TFunction, { floor, ask }: FloorView, speaker: FloorSpeaker): SpeakerAct {
  const { id, name } = speaker
  return {
    key: 'turn',
    text: t('floor.turns.anew'),
    icon: Timer,
    act: () => ask(() => floor.giveTurn(id), { text: t('floor.done.turn', { name }) }),
  }
}

function silence(t: TFunction, view: FloorView, speaker: FloorSpeaker): SpeakerAct {
  const { floor, ask } = view
  const { id, name, isSilenced } = speaker
  const text = t(isSilenced ? 'floor.done.unsilenced' : 'floor.done.silenced', { name })
  return {
    key: 'silence',
    text: t(isSilenced ? 'floor.unsilence' : 'floor.silence', { name }),
    icon: isSilenced ? Mic : MicOff,
    act: () =>
      ask(() => floor.silence(id, !isSilenced), {
        text,
        undo: () => floor.silence(id, isSilenced),
      }),
  }
}

function remove(t: TFunction, { floor, ask }: FloorView, speaker: FloorSpeaker): SpeakerAct {
  const { id, name } = speaker
  return {
    key: 'remove',
    text: t('floor.remove'),
    icon: LogOut,
    // A seat cannot be given back unasked; an invitation is the way.
    act: () =>
      ask(() => floor.remove(id), {
        text: t('floor.done.removed', { name }),
        undo: () => floor.invite(id),
      }),
  }
}

function successor(t: TFunction, view: FloorView, { id, name }: FloorSpeaker): SpeakerAct {
  const { floor, state, ask } = view
  const isNamed = state.successorId === id
  const text = isNamed ? t('floor.done.unnamed') : t('floor.done.named', { name })
  return {
    key: 'successor',
    text: t(isNamed ? 'floor.unnameSuccessor' : 'floor.nameSuccessor'),
    icon: Crown,
    act: () => ask(() => floor.nameSuccessor(isNamed ? null : id), { text }),
  }
}
