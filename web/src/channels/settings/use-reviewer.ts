/** The channel's outside reviewer: read, set with a secret made here, tried, removed. */
import { Refusal, type Reviewer } from '@odeon/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorText, fieldErrors } from '../../frame/refusal-text.ts'
import { odeon } from '../../session/odeon.ts'
import { enOwner } from '../../text/en-owner.ts'
import type { TFunction } from '../../text/use-translation.ts'

type Known = keyof typeof enOwner.reviewer.refused

const secretBytes = 32

export const reviewerKey = (handle: string) => ['reviewer', handle] as const

export function useReviewer(handle: string) {
  const queryKey = reviewerKey(handle)
  return useQuery({ queryKey, queryFn: () => odeon.channels.reviewer.get(handle) })
}

export interface SetReviewer {
  reviewer: Reviewer
  secret?: string | undefined
}

export function useReviewerWork(handle: string) {
  const queries = useQueryClient()
  const keep = (reviewer: Reviewer | null) => queries.setQueryData(reviewerKey(handle), reviewer)
  const { reviewer: desk } = odeon.channels
  const probe = useMutation({ mutationFn: () => desk.probe(handle) })
  const save = useMutation({
    mutationFn: ({ reviewer, secret }: SetReviewer) =>
      desk.set(handle, { ...reviewer, ...(secret !== undefined && { secret }) }),
    onSuccess: (reviewer) => {
      keep(reviewer)
      // What was tried before says nothing about what is set now.
      probe.reset()
    },
  })
  const remove = useMutation({
    mutationFn: () => desk.remove(handle),
    onSuccess: () => {
      keep(null)
      save.reset()
      probe.reset()
    },
  })
  return { save, remove, probe }
}

/** Made in the browser: it travels to the server once, and never back. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(secretBytes))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function reviewerErrorText(t: TFunction, error: unknown): string {
  if (!(error instanceof Refusal)) return errorText(t, error)
  if (error.code in enOwner.reviewer.refused) return t(`reviewer.refused.${error.code as Known}`)
  const [field] = Object.values(fieldErrors(t, error))
  return field ?? errorText(t, error)
}
