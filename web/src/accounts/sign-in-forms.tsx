/** The three ways in: an account you have, an account you make, a name for now. */
import { useState } from 'react'
import { TextField } from '../frame/text-field.tsx'
import { odeon } from '../session/odeon.ts'
import { credentialLimits, isEmail, isPassword, isUsername, type Wrong } from './credentials.ts'
import { PasswordField } from './password-field.tsx'
import { type FormState, useForm } from './use-form.ts'
import { useTranslation } from '../text/use-translation.ts'

interface FormProps {
  onDone: () => void
}

export function SignInForm({ onDone }: FormProps) {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const form = useForm({
    check: () => {
      const wrong: Wrong = {}
      if (email.trim() === '') wrong.email = t('auth.wrong.emailEmpty')
      else if (!isEmail(email)) wrong.email = t('auth.wrong.email')
      if (password === '') wrong.password = t('auth.wrong.passwordEmpty')
      return wrong
    },
    send: () => odeon.auth.login({ email, password }).then(onDone),
  })
  return (
    <form className="form" noValidate onSubmit={form.onSubmit}>
      <FormFailed form={form} />
      <EmailField value={email} onValue={setEmail} form={form} />
      <PasswordField
        name="password"
        autoComplete="current-password"
        value={password}
        wrong={form.wrong.password}
        onChange={(event) => {
          setPassword(event.target.value)
          form.mend('password')
        }}
      />
      <SubmitButton form={form} text={t('auth.signIn')} />
    </form>
  )
}

export function RegisterForm({ onDone }: FormProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { usernameCharsMin: from, usernameCharsMax: to, passwordCharsMin } = credentialLimits
  const form = useForm({
    check: () => {
      const wrong: Wrong = {}
      if (!isUsername(username)) wrong.username = t('auth.wrong.username', { from, to })
      if (email.trim() === '') wrong.email = t('auth.wrong.emailEmpty')
      else if (!isEmail(email)) wrong.email = t('auth.wrong.email')
      if (!isPassword(password))
        wrong.password = t('auth.wrong.password', { count: passwordCharsMin })
      return wrong
    },
    codes: { username_taken: 'username', email_taken: 'email' },
    send: () => odeon.auth.register({ username, email, password }).then(onDone),
  })
  return (
    <form className="form" noValidate onSubmit={form.onSubmit}>
      <FormFailed form={form} />
      <TextField
        label={t('auth.username')}
        hint={t('auth.usernameHint')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        wrong={form.wrong.username}
        onChange={(event) => {
          setUsername(event.target.value)
          form.mend('username')
        }}
      />
      <EmailField value={email} onValue={setEmail} form={form} />
      <PasswordField
        name="password"
        autoComplete="new-password"
        hint={t('auth.passwordHint', { count: passwordCharsMin })}
        value={password}
        wrong={form.wrong.password}
        onChange={(event) => {
          setPassword(event.target.value)
          form.mend('password')
        }}
      />
      <SubmitButton form={form} text={t('auth.register')} />
    </form>
  )
}

export function GuestForm({ onDone }: FormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const form = useForm({
    check: () => {
      const to = credentialLimits.nameCharsMax
      return [...name.trim()].length > to ? { name: t('auth.wrong.name', { from: 1, to }) } : {}
    },
    send: () => odeon.auth.guest(name.trim() === '' ? {} : { name: name.trim() }).then(onDone),
  })
  return (
    <form className="form" noValidate onSubmit={form.onSubmit}>
      <FormFailed form={form} />
      <TextField
        label={t('auth.guestName')}
        hint={t('auth.guestNameHint')}
        name="nickname"
        autoComplete="nickname"
        value={name}
        wrong={form.wrong.name}
        onChange={(event) => {
          setName(event.target.value)
          form.mend('name')
        }}
      />
      <SubmitButton form={form} text={t('auth.guest')} isPlain />
    </form>
  )
}

function EmailField(props: { value: string; onValue: (value: string) => void; form: FormState }) {
  const { t } = useTranslation()
  const { value, onValue, form } = props
  return (
    <TextField
      label={t('auth.email')}
      type="email"
      name="email"
      autoComplete="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      value={value}
      wrong={form.wrong.email}
      onChange={(event) => {
        onValue(event.target.value)
        form.mend('email')
      }}
    />
  )
}

export function FormFailed({ form }: { form: FormState }) {
  if (!form.failed) return null
  return (
    <p className="notice notice-bad" role="alert">
      {form.failed}
    </p>
  )
}

export function SubmitButton(props: { form: FormState; text: string; isPlain?: boolean }) {
  const { t } = useTranslation()
  const { form, text, isPlain } = props
  return (
    <button
      type="submit"
      className={`button button-wide ${isPlain ? 'button-plain' : 'button-primary'}`}
      aria-disabled={form.isBusy || undefined}
    >
      {form.isBusy ? `${t('auth.working')}…` : text}
    </button>
  )
}
