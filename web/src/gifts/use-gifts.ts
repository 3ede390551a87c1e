/** What can be given in this house, asked once for all that shows it. */
import type { HouseGift } from '@odeon/sdk'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { odeon } from '../session/odeon.ts'

const freshMs = 5 * 60_000

export interface Catalogue {
  gifts: HouseGift[]
  quantityMax: number
}

export function useGifts(): UseQueryResult<Catalogue> {
  return useQuery({
    queryKey: ['gifts'],
    queryFn: () => odeon.gifts.catalogue(),
    staleTime: freshMs,
  })
}
