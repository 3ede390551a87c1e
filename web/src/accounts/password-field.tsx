/** A password: hidden until asked for, and honest about Caps Lock. */
import { Eye, EyeOff } from 'lucide-react'
import { type KeyboardEvent, type InputHTMLAttributes, useState } from 'react'
import { TextField } from '../frame/text-field.tsx'
import { useTranslation } from '../text/use-translation.ts'

interface PasswordFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  hint?: string
  wrong?: string
}

export function PasswordField({ hint, wrong, ...input }: PasswordFieldProps) {
  const { t } = useTranslation()
  const [isShown, setShown] = useState(false)
  const [isCaps, setCaps] = useState(false)
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState('CapsLock'))
  return (
    <TextField
      {...input}
      label={t('auth.password')}
      type={isShown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      onKeyDown={watchCaps}
      onKeyUp={watchCaps}
      onBlur={() => setCaps(false)}
      hint={isCaps ? <span className="caps-lock">{t('auth.capsLock')}</span> : hint}
      wrong={wrong}
      aside={
        <button
          type="button"
          className="field-aside"
          aria-pressed={isShown}
          aria-label={isShown ? t('auth.hide') : t('auth.show')}
          onClick={() => setShown((shown) => !shown)}
        >
          {isShown ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
        </button>
      }
    />
  )
}
