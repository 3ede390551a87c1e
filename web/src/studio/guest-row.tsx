/** One person in a list of the stage: who, how it stands with them, and what to do. */
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { nameColour } from '../chat/name-colours.ts'
import { Avatar } from '../stage/avatar.tsx'

interface GuestRowProps {
  id: string
  name: string
  /** How it stands with them. */
  word: ReactNode
  isSpeaking?: boolean
  children: ReactNode
}

export function GuestRow({ id, name, word, isSpeaking, children }: GuestRowProps) {
  return (
    <li className="guest" data-speaking={isSpeaking || undefined}>
      <Avatar id={id} name={name} size={34} />
      <span className="guest-who">
        <strong style={{ color: nameColour(id) }}>{name}</strong>
        <small className="dim figures">{word}</small>
      </span>
      {children}
    </li>
  )
}

const icons = { dismiss: X }

interface IconProps {
  icon: keyof typeof icons
  label: string
  onPress: () => void
}

export function Icon({ icon, label, onPress }: IconProps) {
  const Drawn = icons[icon]
  return (
    <button
      type="button"
      className="button button-quiet button-icon"
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      <Drawn size={18} aria-hidden="true" />
    </button>
  )
}
