/** Beside the host's other tools: opens the challenge while nobody fights or is asked to. */
import type { LiveConnection } from '@odeon/sdk'
import { Swords } from 'lucide-react'
import { useState } from 'react'
import { useYou } from '../chat/use-turn.ts'
import { ahead, later } from '../frame/later.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { useBattle } from './use-battle.ts'

const loadDialog = async () => (await import('./battle-dialog.tsx')).BattleDialog
const BattleDialog = later(loadDialog)
const fetchDialog = ahead(loadDialog)

export function BattleTool({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const battle = useBattle(room)
  const { role } = useYou(room)
  const isFree = !battle || battle.phase === 'victory' || battle.phase === 'terms'
  if (role !== 'host' || !isFree) return null
  return (
    <>
      <button
        type="button"
        className="button button-plain tool battle-tool"
        title={t('battle.challenge')}
        aria-label={t('battle.challenge')}
        aria-haspopup="dialog"
        onPointerEnter={fetchDialog}
        onFocus={fetchDialog}
        onClick={() => setOpen(true)}
      >
        <Swords size={18} aria-hidden="true" />
        <span>{t('battle.label')}</span>
      </button>
      {isOpen ? <BattleDialog room={room} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
