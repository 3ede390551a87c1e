/** The keys of the queue, as a card. */
import { Button } from 'react-aria-components'
import { LetterKeysSwitch } from '../frame/letter-keys-switch.tsx'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { measureKeys } from './triage.ts'

export function QueueKeys({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const keys: [string, string][] = [
    ['J', t('triage.next')],
    ['K', t('triage.previous')],
    ...[...measureKeys].map(([measure, key]): [string, string] => [
      key.toUpperCase(),
      t(`triage.measures.${measure}`),
    ]),
    ['U', t('triage.undo')],
    ['?', t('triage.showHelp')],
  ]
  return (
    <DialogCard title={t('triage.helpTitle')} onClose={onClose}>
      <LetterKeysSwitch />
      <dl className="keys">
        {keys.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div className="dialog-actions">
        <Button className="button button-plain" autoFocus onPress={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </DialogCard>
  )
}
