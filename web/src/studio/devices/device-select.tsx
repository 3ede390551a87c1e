/** Which camera or microphone is used, and what to do where there is none to use. */
import { ChevronDown, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from '../../text/use-translation.ts'
import type { DeviceKind, DeviceOption } from './device-options.ts'
import type { DeviceTrouble } from './device-trouble.ts'

interface DeviceSelectProps {
  kind: DeviceKind
  options: readonly DeviceOption[]
  deviceId: string
  onChoose: (deviceId: string) => void
}

export function DeviceSelect({ kind, options, deviceId, onChoose }: DeviceSelectProps) {
  const { t } = useTranslation()
  const id = useId()
  // Names come with the leave to use them: until then there is nothing to choose between.
  const named = options.filter(({ label }) => label !== '')
  const isKnown = named.some((option) => option.id === deviceId)
  return (
    <div className="device-select">
      <label className="field-label" htmlFor={id}>
        {t(`devices.${kind}`)}
      </label>
      <div className="device-choice">
        <select
          id={id}
          value={isKnown ? deviceId : ''}
          disabled={named.length === 0}
          onChange={(event) => onChoose(event.target.value)}
        >
          {isKnown ? null : <option value="">{t(`devices.${kind}Any`)}</option>}
          {named.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown size={16} aria-hidden="true" />
      </div>
    </div>
  )
}

interface DeviceTroubleNoteProps {
  kind: DeviceKind
  trouble: DeviceTrouble
  onAgain: () => void
}

/** What stands in the way and what to do about it; asked again where that can help. */
export function DeviceTroubleNote({ kind, trouble, onAgain }: DeviceTroubleNoteProps) {
  const { t } = useTranslation()
  return (
    <div className="notice notice-warn device-trouble" role="alert">
      <TriangleAlert size={18} aria-hidden="true" />
      <p>
        <strong>{t(`devices.trouble.${kind}.${trouble}`)}</strong> {t(`devices.todo.${trouble}`)}
      </p>
      {trouble === 'insecure' ? null : (
        <button type="button" className="button button-plain" onClick={onAgain}>
          {t('devices.again')}
        </button>
      )}
    </div>
  )
}
