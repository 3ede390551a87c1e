/** One change of a channel: sent, shown everywhere, or told why not. */
import type { ChannelChange, ChannelPage } from '@odeon/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { errorText, fieldErrors } from '../../frame/refusal-text.ts'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { channelKey } from '../use-channel.ts'

export function useChange(handle: string, send: (change: ChannelChange) => Promise<ChannelPage>) {
  const queries = useQueryClient()
  const { t } = useTranslation()
  const change = useMutation({
    mutationFn: send,
    onSuccess: (page) => {
      queries.setQueriesData<ChannelPage>({ queryKey: channelKey(handle) }, page)
      void queries.invalidateQueries({ queryKey: ['channels'] })
    },
  })
  const { error } = change
  // A reason that belongs to no field is told for the whole; so is the first that does.
  const [field] = Object.values(fieldErrors(t, error))
  return { ...change, failed: error ? (field ?? errorText(t, error)) : undefined }
}

export function useSave(handle: string) {
  return useChange(handle, (change) => odeon.channels.update(handle, change))
}

/** While `isDirty`, leaving the page asks first. */
export function useUnsaved(isDirty: boolean) {
  return useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
}
