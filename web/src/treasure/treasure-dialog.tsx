/** Filling a box: how many coins, for how many, when it opens and for how long. */
import type { LiveConnection } from '@odeon/sdk'
import { Button } from 'react-aria-components'
import { SecondsField } from '../frame/seconds-field.tsx'
import { TextField } from '../frame/text-field.tsx'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { useWallet } from '../wallet/use-wallet.ts'
import { opensAfter, staysOpen, useFilling } from './use-filling.ts'

interface TreasureDialogProps {
  room: LiveConnection
  onClose: () => void
}

export function TreasureDialog({ room, onClose }: TreasureDialogProps) {
  const { t } = useTranslation()
  return (
    <DialogCard title={t('treasure.fill')} text={t('treasure.hint')} onClose={onClose}>
      <FillForm room={room} onClose={onClose} />
    </DialogCard>
  )
}

function FillForm({ room, onClose }: TreasureDialogProps) {
  const { t } = useTranslation()
  const coins = useWallet()?.coin
  const { draft, edit, wrong, failed, isBusy, submit } = useFilling(room, onClose)
  const digits = (text: string) => text.replaceAll(/\D/g, '').slice(0, 9)
  return (
    <form className="form" onSubmit={submit} noValidate>
      <div className="treasure-row">
        <TextField
          label={t('treasure.coins')}
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          value={draft.coins}
          {...(wrong.coins && { wrong: wrong.coins })}
          onChange={(event) => edit({ coins: digits(event.target.value) })}
        />
        <TextField
          label={t('treasure.shares')}
          inputMode="numeric"
          autoComplete="off"
          value={draft.shares}
          {...(wrong.shares && { wrong: wrong.shares })}
          onChange={(event) => edit({ shares: digits(event.target.value) })}
        />
      </div>
      {coins === undefined ? null : (
        <p className="dim figures">{t('gifts.have', { count: coins })}</p>
      )}
      <div className="treasure-row">
        <SecondsField
          label={t('treasure.opensIn')}
          choices={opensAfter}
          value={draft.opensInSeconds}
          onChange={(opensInSeconds) => edit({ opensInSeconds })}
        />
        <SecondsField
          label={t('treasure.openFor')}
          choices={staysOpen}
          value={draft.openSeconds}
          onChange={(openSeconds) => edit({ openSeconds })}
        />
      </div>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <div className="dialog-actions">
        <Button className="button button-plain" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" className="button button-primary" isDisabled={isBusy}>
          {t('treasure.send')}
        </Button>
      </div>
    </form>
  )
}
