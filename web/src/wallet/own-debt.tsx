/** Coins that one owes, where one looks for what one has. */
import { useQuery } from '@tanstack/react-query'
import { OwedNotice } from '../payments/owed-notice.tsx'
import { odeon } from '../session/odeon.ts'

/** Coins that come in pay it meanwhile. */
const readEveryMs = 30_000

export function OwnDebt({ userId }: { userId: string }) {
  const { data } = useQuery({
    queryKey: ['coins-owed', userId],
    queryFn: () => odeon.payments.history({ limit: 1 }),
    refetchInterval: readEveryMs,
  })
  return <OwedNotice coins={data?.coinsOwed ?? 0} />
}
