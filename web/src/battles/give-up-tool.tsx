/** Gives a battle up, after saying what that means. */
import type { ReactNode } from 'react'
import { AskButton } from '../frame/ask-button.tsx'
import { useTranslation } from '../text/use-translation.ts'

interface GiveUpToolProps {
  isBusy: boolean
  onGiveUp: () => void
  icon: ReactNode
}

export function GiveUpTool({ isBusy, onGiveUp, icon }: GiveUpToolProps) {
  const { t } = useTranslation()
  return (
    <AskButton
      className="button button-plain"
      isDisabled={isBusy}
      title={t('battle.giveUpTitle')}
      text={t('battle.giveUpText')}
      act={t('battle.giveUp')}
      stay={t('battle.goOn')}
      onAct={onGiveUp}
    >
      {icon}
      {t('battle.giveUp')}
    </AskButton>
  )
}
