/** A picture that is about to be sent: the file, the part of it, how much has gone. */
import type { ChannelPage } from '@odeon/sdk'
import { useEffect, useRef, useState } from 'react'
import { odeon } from '../../session/odeon.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { type Crop, isMiddle, middle, partOf, type Size } from './crop.ts'
import { cutPicture } from './cut-picture.ts'
import { useChange } from './use-change.ts'

const bytesMax = 10 * 1_024 * 1_024
/** Width by height, and twice the largest width that is shown. */
export const shapes = {
  avatar: { aspect: 1, widthMax: 512, set: 'setAvatar', remove: 'removeAvatar' },
  banner: { aspect: 3, widthMax: 3_000, set: 'setBanner', remove: 'removeBanner' },
} as const
export type PictureOf = keyof typeof shapes

export function usePicture(channel: ChannelPage, of: PictureOf) {
  const { t } = useTranslation()
  const { handle } = channel
  const { aspect, widthMax, set, remove: removal } = shapes[of]
  const picture = useRef<HTMLImageElement>(null)
  const [file, setFile] = useState<File>()
  const [wrong, setWrong] = useState<string>()
  const [crop, setCrop] = useState<Crop>(middle)
  const [size, setSize] = useState<Size>()
  const [sent, setSent] = useState(0)
  const preview = usePreview(file)
  const put = useChange(handle, async () => {
    if (!file) throw new Error('nothing was chosen')
    const { current: shown } = picture
    // The server takes the middle itself, and names what it cannot read.
    const isWhole = isMiddle(crop) || !size || !shown
    const bytes = isWhole ? file : await cutPicture(shown, partOf(size, aspect, crop), widthMax)
    return await odeon.channels[set](handle, bytes, { onProgress: setSent })
  })
  const remove = useChange(handle, () => odeon.channels[removal](handle))
  const choose = (chosen: File | undefined) => {
    const isTooLarge = chosen !== undefined && chosen.size > bytesMax
    put.reset()
    setCrop(middle)
    setSize(undefined)
    setWrong(isTooLarge ? t('owner.tooLarge') : undefined)
    setFile(isTooLarge ? undefined : chosen)
  }
  return {
    aspect,
    picture,
    file,
    crop,
    setCrop,
    size,
    setSize,
    sent,
    preview,
    choose,
    failed: wrong ?? put.failed ?? remove.failed,
    isSending: put.isPending,
    isBusy: put.isPending || remove.isPending,
    send: () => {
      setSent(0)
      put.mutate({}, { onSuccess: () => setFile(undefined) })
    },
    takeAway: () => remove.mutate({}),
  }
}

/** The chosen file as an address the page may show, for as long as it is chosen. */
function usePreview(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(undefined)
    }
  }, [file])
  return url
}
