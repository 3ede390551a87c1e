/** A gift as it looks everywhere: in the tray, in lines, on the stage's cards. */
import { memo } from 'react'
import { artOf, artSize } from './gift-art.ts'

interface GiftGlyphProps {
  giftId: string
  size?: number
}

export const GiftGlyph = memo(function GiftGlyph({ giftId, size = 24 }: GiftGlyphProps) {
  return (
    <svg
      className="gift-glyph"
      viewBox={`0 0 ${artSize} ${artSize}`}
      width={size}
      height={size}
      aria-hidden="true"
    >
      {artOf(giftId).map(({ d, fill, stroke, width, alpha }) => (
        <path
          key={d}
          d={d}
          fill={fill ?? 'none'}
          stroke={stroke}
          strokeWidth={width}
          opacity={alpha}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  )
})

/** What gifts cost, in front of every figure of coins: a lit coin with the house's tiers. */
export function Coin({ size = 16 }: { size?: number }) {
  return (
    <svg className="coin" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true">
      <circle cx="10" cy="10" r="9.2" fill="#d98a17" />
      <circle cx="10" cy="9.4" r="8.6" fill="#ffc857" />
      <g fill="none" stroke="#9a5b00" strokeWidth="1.5" strokeLinecap="round">
        <path d="M7.2 12.6a2.8 2.8 0 0 1 5.6 0" />
        <path d="M4.8 12.6a5.2 5.2 0 0 1 10.4 0" />
      </g>
      <circle cx="10" cy="12.6" r="1.3" fill="#9a5b00" />
    </svg>
  )
}
