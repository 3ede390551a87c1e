/** The bell: it comes after the first paint, and only for people whom something can be told. */
import { useSession } from '../session/use-session.ts'
import { later } from './later.tsx'

const NoticeBell = later(async () => (await import('../notices/notice-bell.tsx')).NoticeBell)

export function Bell() {
  const { me } = useSession()
  if (me?.kind !== 'account') return null
  return (
    <span className="bell-place">
      <NoticeBell key={me.id} />
    </span>
  )
}
