/** Beside the host's other tools: fills a treasure box while there is none. */
import type { LiveConnection } from '@odeon/sdk'
import { Gem } from 'lucide-react'
import { useState } from 'react'
import { useYou } from '../chat/use-turn.ts'
import { ahead, later } from '../frame/later.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { useTreasure } from './use-treasure.ts'

const loadDialog = async () => (await import('./treasure-parts.ts')).TreasureDialog
const TreasureDialog = later(loadDialog)
const fetchDialog = ahead(loadDialog)

export function TreasureTool({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const box = useTreasure(room)
  const { role } = useYou(room)
  // What came of the one before is seen first.
  if (role !== 'host' || (box && !isOpen)) return null
  return (
    <>
      <button
        type="button"
        className="button button-plain tool treasure-tool"
        title={t('treasure.fill')}
        aria-label={t('treasure.fill')}
        aria-haspopup="dialog"
        onPointerEnter={fetchDialog}
        onFocus={fetchDialog}
        onClick={() => setOpen(true)}
      >
        <Gem size={18} aria-hidden="true" />
        <span>{t('treasure.label')}</span>
      </button>
      {isOpen ? <TreasureDialog room={room} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
