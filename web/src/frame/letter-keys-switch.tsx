/** Turns keys of one letter on and off. */
import { Switch } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'
import { turnLetterKeys, useLetterKeys } from './letter-keys.ts'

export function LetterKeysSwitch() {
  const { t } = useTranslation()
  const areOn = useLetterKeys()
  return (
    <Switch className="mode-toggle letter-keys" isSelected={areOn} onChange={turnLetterKeys}>
      <span>
        {t('settings.letterKeys')}
        <small className="dim">{t('settings.letterKeysText')}</small>
      </span>
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
