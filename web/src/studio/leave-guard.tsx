/** Whoever would leave the desk while on the air is asked: their picture and sound would stop. */
import { useBlocker } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { airMemory } from './air-memory.ts'

export function LeaveGuard({ isOnAir }: { isOnAir: boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isOnAir && current.pathname !== next.pathname,
    enableBeforeUnload: () => isOnAir,
    withResolver: true,
  })
  return (
    <DialogCard
      title={t('studio.leaveTitle')}
      text={t('studio.leaveText')}
      isAlert
      isOpen={status === 'blocked'}
      onClose={() => reset?.()}
    >
      <div className="dialog-actions">
        <Button className="button button-plain" autoFocus onPress={() => reset?.()}>
          {t('studio.leaveNo')}
        </Button>
        <Button
          className="button button-live"
          onPress={() => {
            airMemory.forget()
            proceed?.()
          }}
        >
          {t('studio.leaveYes')}
        </Button>
      </div>
    </DialogCard>
  )
}
