/** Your name and words, how the house looks, whom you blocked, where you are signed in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { LetterKeysSwitch } from '../frame/letter-keys-switch.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { chooseTheme, type Theme, themes, useTheme } from '../frame/theme.ts'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { Avatar } from '../stage/avatar.tsx'
import { chooseLanguage, type Language, languages } from '../text/language.ts'
import { ProfileForm } from './profile-form.tsx'
import { openSignIn } from './open-sign-in.ts'
import { useTranslation } from '../text/use-translation.ts'

export function SettingsPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('settings.title'))
  if (isStarting) return null
  if (!me) {
    return (
      <StatePage title={t('settings.title')} text={t('settings.signInFirst')}>
        <button
          type="button"
          className="button button-primary"
          onClick={() => openSignIn('signIn')}
        >
          {t('header.signIn')}
        </button>
      </StatePage>
    )
  }
  return (
    <div className="page page-narrow">
      <h1>{t('settings.title')}</h1>
      <section className="panel" aria-labelledby="settings-profile">
        <h2 id="settings-profile">{t('settings.profile')}</h2>
        <ProfileForm key={me.id} me={me} />
        {me.email && !me.emailVerified ? (
          <p className="dim">
            {t('verifyEmail.unconfirmed', { email: me.email })}{' '}
            <Link to="/verify-email" className="link">
              {t('verifyEmail.title')}
            </Link>
          </p>
        ) : null}
      </section>
      <Appearance />
      <BlockedPeople />
      <Everywhere />
    </div>
  )
}

function Appearance() {
  const { t, i18n } = useTranslation()
  const theme = useTheme()
  return (
    <section className="panel" aria-labelledby="settings-appearance">
      <h2 id="settings-appearance">{t('settings.appearance')}</h2>
      <Choice
        label={t('header.theme')}
        value={theme}
        options={themes.map((name) => [name, t(`header.themes.${name}`)])}
        onChoose={(name) => chooseTheme(name as Theme)}
      />
      <Choice
        label={t('header.language')}
        value={i18n.language}
        options={Object.entries(languages)}
        onChoose={(code) => void chooseLanguage(code as Language)}
      />
      <LetterKeysSwitch />
    </section>
  )
}

function Choice(props: {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}) {
  return (
    <div className="settings-row">
      <p aria-hidden="true">{props.label}</p>
      <RadioGroup
        aria-label={props.label}
        className="choices"
        orientation="horizontal"
        value={props.value}
        onChange={props.onChoose}
      >
        {props.options.map(([value, text]) => (
          <Radio key={value} value={value} className="choice">
            {text}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  )
}

function BlockedPeople() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const blocks = useQuery({ queryKey: ['blocks'], queryFn: () => odeon.me.blocks.list() })
  const unblock = useMutation({
    mutationFn: (userId: string) => odeon.me.blocks.remove(userId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['blocks'] }),
  })
  return (
    <section className="panel" aria-labelledby="settings-blocked">
      <h2 id="settings-blocked">{t('settings.blocked')}</h2>
      {blocks.isError ? <p className="notice notice-bad">{errorText(t, blocks.error)}</p> : null}
      {blocks.data?.length === 0 ? <p className="dim">{t('settings.blockedNone')}</p> : null}
      <ul>
        {blocks.data?.map(({ user }) => (
          <li key={user.id} className="blocked">
            <Avatar id={user.id} name={user.name} size={32} />
            <span>{user.name}</span>
            <button
              type="button"
              className="button button-plain"
              onClick={() => unblock.mutate(user.id)}
            >
              {t('settings.unblock', { name: user.name })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Everywhere() {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  return (
    <section className="panel" aria-labelledby="settings-sessions">
      <h2 id="settings-sessions">{t('settings.sessions')}</h2>
      <div className="settings-row">
        <p className="dim">{t('settings.everywhereText')}</p>
        {isAsking ? (
          <div className="dialog-actions">
            <button type="button" className="button button-plain" onClick={() => setAsking(false)}>
              {t('app.cancel')}
            </button>
            <button
              type="button"
              className="button button-live"
              onClick={() => void odeon.auth.logoutEverywhere()}
            >
              {t('settings.everywhereAsk')}
            </button>
          </div>
        ) : (
          <button type="button" className="button button-plain" onClick={() => setAsking(true)}>
            {t('settings.everywhere')}
          </button>
        )}
      </div>
    </section>
  )
}
