/**
 * A person or channel: their picture, or initials in a disc of their own light. `id` is the handle
 * of whoever has one, so that an account and its channel wear the same colour.
 */
import { pictureAt } from '@odeon/sdk'
import { useState } from 'react'
import { gelOf } from './gel.ts'
import { initialsOf } from './initials.ts'

export interface AvatarProps {
  id: string
  name: string
  size?: number
  picture?: string | null | undefined
}

export function Avatar({ id, name, size = 40, picture }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  const style = { '--gel': gelOf(id), width: size, height: size, fontSize: size * 0.4 }
  const isShown = picture && picture !== broken
  return (
    <span
      className="avatar"
      style={style}
      data-initials={isShown ? undefined : initialsOf(name)}
      aria-hidden="true"
    >
      {isShown ? (
        <img
          src={pictureAt(picture, size > 64 ? 256 : size > 32 ? 128 : 64)}
          alt=""
          width={size}
          height={size}
          decoding="async"
          onError={() => setBroken(picture)}
        />
      ) : null}
    </span>
  )
}
