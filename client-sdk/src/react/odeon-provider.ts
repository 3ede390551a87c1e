/** The client that the hooks below it use, and who is signed in with it. */
import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useSyncExternalStore,
} from 'react'
import type { Me } from '../auth/accounts.ts'
import type { Odeon } from '../odeon.ts'

const OdeonContext = createContext<Odeon | undefined>(undefined)

export function OdeonProvider({ odeon, children }: { odeon: Odeon; children?: ReactNode }) {
  return createElement(OdeonContext.Provider, { value: odeon }, children)
}

export function useOdeon(): Odeon {
  const odeon = useContext(OdeonContext)
  if (odeon === undefined) throw new Error('Put an <OdeonProvider> around what uses Odeon.')
  return odeon
}

/** Who is signed in; null when nobody is. */
export function useUser(): Me | null {
  const { auth } = useOdeon()
  return useSyncExternalStore(
    (changed) => auth.onChange(changed),
    () => auth.user,
    () => auth.user,
  )
}
