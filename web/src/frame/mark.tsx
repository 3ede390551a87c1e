/** The mark: tiers of seats around a lit point. While something loads, its arcs light in turn. */
export function Mark({ size = 28, waiting = false }: { size?: number; waiting?: boolean }) {
  return (
    <svg
      className={waiting ? 'mark mark-waiting' : 'mark'}
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <circle cx="16" cy="24" r="2.6" fill="currentColor" />
      <path d="M10.6 24a5.4 5.4 0 0 1 10.8 0" />
      <path d="M6.3 24a9.7 9.7 0 0 1 19.4 0" />
      <path d="M2 24a14 14 0 0 1 28 0" />
    </svg>
  )
}
