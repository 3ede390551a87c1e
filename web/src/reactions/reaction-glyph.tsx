/** The six reactions, drawn by hand so that they look the same on every machine. */
import type { ReactionKind } from '@odeon/rooms/protocol'
import type { ReactNode } from 'react'

export const reactionColours: Record<ReactionKind, string> = {
  heart: '#ff4d6d',
  fire: '#ff8a3d',
  laugh: '#ffc857',
  clap: '#ffb547',
  wow: '#3dd6c6',
  cry: '#5b8cff',
}

const ink = '#24180a'
const face = (fill: string) => <circle cx="12" cy="12" r="10" fill={fill} />

const drawings: Record<ReactionKind, ReactNode> = {
  heart: (
    <path
      fill="#ff4d6d"
      d="M12 21.2C5.6 16.4 2 12.9 2 8.6 2 5.4 4.4 3 7.4 3c1.8 0 3.5.9 4.6 2.4
        C13.1 3.9 14.8 3 16.6 3 19.6 3 22 5.4 22 8.6c0 4.3-3.6 7.8-10 12.6Z"
    />
  ),
  fire: (
    <>
      <path
        fill="#ff6b3d"
        d="M12.6 1.8c.9 3.6 6.9 6.3 6.9 12.4 0 4.3-3.3 7.8-7.5 7.8s-7.5-3.3-7.5-7.6
          c0-3.1 1.7-5 3-6.8.5 1.5 1.2 2.3 2.1 2.8.3-3.5 1-6.3 3-8.6Z"
      />
      <path
        fill="#ffd166"
        d="M12.2 11c.5 2 3.3 3.2 3.3 6.2 0 2.1-1.5 3.7-3.5 3.7s-3.5-1.5-3.5-3.6
          c0-1.5.8-2.5 1.5-3.4.3.7.6 1 1 1.2.1-1.6.4-3 1.2-4.1Z"
      />
    </>
  ),
  laugh: (
    <>
      {face('#ffc857')}
      <path d="M6.3 9.8 8.2 8.6l1.9 1.2M13.9 9.8l1.9-1.2 1.9 1.2" {...stroke()} />
      <path fill={ink} d="M6.4 12.8h11.2c0 3.4-2.5 6-5.6 6s-5.6-2.6-5.6-6Z" />
      <path fill="#ff7a8a" d="M9 17.6a3.7 3.7 0 0 1 6 0 5.3 5.3 0 0 1-6 0Z" />
    </>
  ),
  clap: (
    <>
      <path d="m15.7 2.2.3 2.3M19.4 3.4l-1.2 1.9M22 6.6l-2.1.8" {...stroke('#ffb547')} />
      <path
        fill="#f0963a"
        d="m10.7 8.2 3.2-2.9a1.4 1.4 0 0 1 2 .1l4.3 4.9
          c2.7 3 2.5 7.5-.4 10.1-1.1 1-2.4 1.5-3.7 1.7Z"
      />
      <path
        fill="#ffc46b"
        d="M2.7 12.5a1.4 1.4 0 0 1 1.9-.2l-1.3-2a1.4 1.4 0 0 1 2.3-1.6l.7.9
          a1.4 1.4 0 0 1 2.2-1.5l4 5.3.5-2.7a1.6 1.6 0 0 1 3.2.4l.1 4.9
          a6.6 6.6 0 0 1-11.8 4.1l-3.3-4.6a1.9 1.9 0 0 1 .2-2.4l.5-.3Z"
      />
    </>
  ),
  wow: (
    <>
      {face('#3dd6c6')}
      <ellipse cx="8.3" cy="9.6" rx="1.5" ry="2" fill="#08302c" />
      <ellipse cx="15.7" cy="9.6" rx="1.5" ry="2" fill="#08302c" />
      <ellipse cx="12" cy="16.2" rx="2.7" ry="3.2" fill="#08302c" />
    </>
  ),
  cry: (
    <>
      {face('#6f9aff')}
      <path d="M6.6 9.6c.8.7 2 .7 2.9 0M14.5 9.6c.8.7 2 .7 2.9 0" {...stroke('#0f1f47')} />
      <path d="M8.8 17.6c1.6-1.8 4.8-1.8 6.4 0" {...stroke('#0f1f47')} />
      <path fill="#dbe7ff" d="M16.9 11.7c1.3 1.7 2 2.8 2 3.8a2 2 0 0 1-4 0c0-1 .7-2.1 2-3.8Z" />
    </>
  ),
}

function stroke(colour = ink) {
  return { fill: 'none', stroke: colour, strokeWidth: 1.7, strokeLinecap: 'round' } as const
}

export function ReactionGlyph({ kind, size = 24 }: { kind: ReactionKind; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      {drawings[kind]}
    </svg>
  )
}
