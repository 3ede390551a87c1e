/** What pages asked the server and may show again; around every page but the first screen. */
import { Refusal } from '@odeon/sdk'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only trouble on the way is worth another try.
      retry: (count, error) => !(error instanceof Refusal) && count < 3,
    },
  },
})

export function Queries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
