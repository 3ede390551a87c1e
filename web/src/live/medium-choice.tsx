/** Pictures or voices: what kind of room somebody opens. */
import { streamMedia, type StreamMedium } from '@odeon/rooms/protocol'
import { Mic, Video } from 'lucide-react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'

interface MediumChoiceProps {
  medium: StreamMedium
  onChoose: (medium: StreamMedium) => void
}

const icons = { video: Video, audio: Mic } as const

export function MediumChoice({ medium, onChoose }: MediumChoiceProps) {
  const { t } = useTranslation()
  return (
    <RadioGroup
      aria-label={t('medium.label')}
      className="media"
      orientation="horizontal"
      value={medium}
      onChange={(value) => onChoose(value as StreamMedium)}
    >
      {streamMedia.map((kind) => {
        const Icon = icons[kind]
        return (
          <Radio key={kind} value={kind} className="medium">
            <Icon size={22} aria-hidden="true" />
            <span>
              <strong>{t(`medium.${kind}`)}</strong>
              <span className="field-hint">{t(`medium.${kind}Hint`)}</span>
            </span>
          </Radio>
        )
      })}
    </RadioGroup>
  )
}
