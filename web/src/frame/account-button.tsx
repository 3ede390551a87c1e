/** Who you are here; its menu and the sign-in dialog are fetched when they are about to be used. */
import { CircleUser } from 'lucide-react'
import { useRef, useState } from 'react'
import { openSignIn, useWay } from '../accounts/open-sign-in.ts'
import { useSession } from '../session/use-session.ts'
import { Avatar } from '../stage/avatar.tsx'
import { ahead, later } from './later.tsx'
import { useTranslation } from '../text/use-translation.ts'

const loadMenu = async () => (await import('./account-menu.tsx')).AccountMenu
const loadDialog = async () => (await import('../accounts/sign-in-dialog.tsx')).SignInDialog

const AccountMenu = later(loadMenu)
const SignInDialog = later(loadDialog)

/** True from the first time on, so that what was opened can also leave at its own pace. */
function useOnce(isNow: boolean): boolean {
  const [wasEver, setEver] = useState(isNow)
  if (isNow && !wasEver) setEver(true)
  return wasEver || isNow
}

export function AccountButtons() {
  const { t } = useTranslation()
  const { me } = useSession()
  const isWanted = useOnce(useWay() !== null)
  return (
    <>
      {me?.kind === 'account' ? null : (
        <button
          type="button"
          className="button button-primary"
          onPointerEnter={ahead(loadDialog)}
          onFocus={ahead(loadDialog)}
          onClick={() => openSignIn('signIn')}
        >
          {t('header.signIn')}
        </button>
      )}
      <AccountButton />
      {isWanted ? <SignInDialog /> : null}
    </>
  )
}

function AccountButton() {
  const { t } = useTranslation()
  const { me } = useSession()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const isWanted = useOnce(isOpen)
  return (
    <>
      <button
        ref={button}
        type="button"
        className="account-button"
        aria-label={t('header.account')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerEnter={ahead(loadMenu)}
        onFocus={ahead(loadMenu)}
        onClick={() => {
          // Where a click does not focus, the menu could not give the focus back.
          button.current?.focus()
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {me ? (
          <Avatar id={me.username ?? me.id} name={me.name} size={34} />
        ) : (
          <CircleUser size={24} aria-hidden="true" />
        )}
      </button>
      {isWanted ? (
        <AccountMenu button={button} isOpen={isOpen} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}
