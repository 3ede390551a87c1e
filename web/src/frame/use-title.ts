/** The tab's title: what is on, then the house. */
import { useEffect } from 'react'

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Odeon` : 'Odeon'
  }, [title])
}
