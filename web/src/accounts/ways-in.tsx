/** The forms and the paths between them; the dialog and the page both show this. */
import { GuestForm, RegisterForm, SignInForm } from './sign-in-forms.tsx'
import { useTranslation } from '../text/use-translation.ts'

export type Way = 'signIn' | 'register' | 'guest'

interface WaysInProps {
  way: Way
  onWay: (way: Way) => void
  onDone: () => void
  canBeGuest: boolean
}

export function WaysIn({ way, onWay, onDone, canBeGuest }: WaysInProps) {
  const { t } = useTranslation()
  const isRegister = way === 'register'
  const isGuest = way === 'guest'
  return (
    <>
      {isGuest ? <p className="dim">{t('auth.guestText')}</p> : null}
      {isGuest ? (
        <GuestForm onDone={onDone} />
      ) : isRegister ? (
        <RegisterForm onDone={onDone} />
      ) : (
        <SignInForm onDone={onDone} />
      )}
      <p className="ways">
        <span className="dim">
          {isRegister || isGuest ? t('auth.toSignIn') : t('auth.toRegister')}
        </span>
        <button
          type="button"
          className="link-button"
          onClick={() => onWay(isRegister || isGuest ? 'signIn' : 'register')}
        >
          {isRegister || isGuest ? t('auth.signIn') : t('auth.registerTitle')}
        </button>
      </p>
      {canBeGuest && !isGuest ? (
        <>
          <p className="ways-or">
            <span>{t('auth.or')}</span>
          </p>
          <button
            type="button"
            className="button button-plain button-wide"
            onClick={() => onWay('guest')}
          >
            {t('auth.guest')}
          </button>
        </>
      ) : null}
    </>
  )
}
