/** The account's menu: who you are here, and how the house looks. */
import { useNavigate } from '@tanstack/react-router'
import type { Me } from '@odeon/sdk'
import {
  Check,
  Crown,
  Download,
  House,
  LogIn,
  LogOut,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  UserPlus,
  WalletMinimal,
} from 'lucide-react'
import {
  Header,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
  type Selection,
  Separator,
} from 'react-aria-components'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { chooseLanguage, type Language, languages } from '../text/language.ts'
import { useInstall } from './install.ts'
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts'
import { useTranslation } from '../text/use-translation.ts'

interface AccountMenuProps {
  button: React.RefObject<HTMLButtonElement | null>
  isOpen: boolean
  onClose: () => void
}

export function AccountMenu({ button, isOpen, onClose }: AccountMenuProps) {
  const { t } = useTranslation()
  return (
    <Popover
      trigger="MenuTrigger"
      triggerRef={button}
      className="menu-popover"
      aria-label={t('header.account')}
      placement="bottom end"
      offset={8}
      isOpen={isOpen}
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) onClose()
      }}
    >
      <Menu className="menu" aria-label={t('header.account')} autoFocus="first" onClose={onClose}>
        <PersonSection />
        <InstallSection />
        <Separator className="menu-line" />
        <ThemeSection />
        <LanguageSection />
      </Menu>
    </Popover>
  )
}

function PersonSection() {
  const { t } = useTranslation()
  const { me } = useSession()
  const navigate = useNavigate()
  if (!me) return <NobodySection />
  const isAccount = me.kind === 'account'
  const handle = me.username
  return (
    <MenuSection>
      <Header className="menu-heading">
        {isAccount
          ? t('header.signedInAs', { name: me.name })
          : t('header.hereAsGuest', { name: me.name })}
      </Header>
      {isAccount && handle ? (
        <Item
          icon={<House size={18} />}
          text={t('header.channel')}
          onAction={() => void navigate({ to: '/channel/$handle', params: { handle } })}
        />
      ) : null}
      {isAccount ? (
        <Item
          icon={<WalletMinimal size={18} />}
          text={t('wallet.title')}
          onAction={() => void navigate({ to: '/wallet' })}
        />
      ) : null}
      {isAccount ? (
        <Item
          icon={<Crown size={18} />}
          text={t('tiers.title')}
          onAction={() => void navigate({ to: '/og' })}
        />
      ) : null}
      {isAccount ? <DeskItems role={me.platformRole} /> : null}
      {isAccount ? null : (
        <Item
          icon={<UserPlus size={18} />}
          text={t('header.signUp')}
          onAction={() => openSignIn('register')}
        />
      )}
      <Item
        icon={<Settings size={18} />}
        text={t('header.settings')}
        onAction={() => void navigate({ to: '/settings' })}
      />
      <Item
        icon={<LogOut size={18} />}
        text={t('header.signOut')}
        onAction={() => void odeon.auth.logout()}
      />
    </MenuSection>
  )
}

function NobodySection() {
  const { t } = useTranslation()
  return (
    <MenuSection aria-label={t('header.account')}>
      <Item
        icon={<LogIn size={18} />}
        text={t('header.signIn')}
        onAction={() => openSignIn('signIn')}
      />
      <Item
        icon={<UserPlus size={18} />}
        text={t('header.signUp')}
        onAction={() => openSignIn('register')}
      />
    </MenuSection>
  )
}

/** The host's desk, and the one of the house for those who work there. */
function DeskItems({ role }: { role: Me['platformRole'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <>
      <Item
        icon={<SlidersHorizontal size={18} />}
        text={t('header.studio')}
        onAction={() => void navigate({ to: '/studio' })}
      />
      {role === 'user' ? null : (
        <Item
          icon={<ShieldCheck size={18} />}
          text={t('header.house')}
          onAction={() => void navigate({ to: role === 'admin' ? '/admin' : '/admin/queue' })}
        />
      )}
    </>
  )
}

function InstallSection() {
  const { t } = useTranslation()
  const install = useInstall()
  if (!install) return null
  return (
    <MenuSection aria-label={t('header.install')}>
      <Item icon={<Download size={18} />} text={t('header.install')} onAction={install} />
    </MenuSection>
  )
}

function ThemeSection() {
  const { t } = useTranslation()
  const theme = useTheme()
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(chosen) => withChosen(chosen, (key) => chooseTheme(key as Theme))}
    >
      <Header className="menu-heading">{t('header.theme')}</Header>
      {themes.map((name) => (
        <ChoiceItem
          key={name}
          id={name}
          text={t(`header.themes.${name}`)}
          isChosen={name === theme}
        />
      ))}
    </MenuSection>
  )
}

function LanguageSection() {
  const { t, i18n } = useTranslation()
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[i18n.language]}
      onSelectionChange={(chosen) =>
        withChosen(chosen, (key) => void chooseLanguage(key as Language))
      }
    >
      <Header className="menu-heading">{t('header.language')}</Header>
      {Object.entries(languages).map(([code, name]) => (
        <ChoiceItem
          key={code}
          id={code}
          text={name}
          lang={code}
          isChosen={code === i18n.language}
        />
      ))}
    </MenuSection>
  )
}

function withChosen(chosen: Selection, choose: (key: string) => void): void {
  if (chosen === 'all') return
  for (const key of chosen) choose(String(key))
}

function Item(props: { icon: React.ReactNode; text: string; onAction: () => void }) {
  return (
    <MenuItem className="menu-item" onAction={props.onAction} textValue={props.text}>
      <span aria-hidden="true">{props.icon}</span>
      {props.text}
    </MenuItem>
  )
}

function ChoiceItem(props: { id: string; text: string; isChosen: boolean; lang?: string }) {
  return (
    <MenuItem id={props.id} className="menu-item" textValue={props.text}>
      <span lang={props.lang}>{props.text}</span>
      {props.isChosen ? <Check className="menu-chosen" size={18} aria-hidden="true" /> : null}
    </MenuItem>
  )
}
