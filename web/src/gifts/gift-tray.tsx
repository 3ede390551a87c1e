/** The tray: what can be given, how many, what one has. A sheet on phones, a card elsewhere. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Dialog, Heading, Modal, ModalOverlay, Popover } from 'react-aria-components'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { phone, useMedia } from '../frame/use-media.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Coin } from './gift-glyph.tsx'
import { GiftOrder } from './gift-order.tsx'
import { useAbove } from './use-above.ts'
import { useCoinsLeft } from './use-coins-left.ts'
import { useGifts } from './use-gifts.ts'

interface GiftTrayProps {
  feed: ChatFeed
  button: RefObject<HTMLElement | null>
  onClose: () => void
}

export function GiftTray({ feed, button, onClose }: GiftTrayProps) {
  return (
    <TrayFrame button={button} onClose={onClose}>
      <Dialog className="gift-tray">
        <TrayHead feed={feed} onLeave={onClose} />
        <TrayBody feed={feed} />
      </Dialog>
    </TrayFrame>
  )
}

interface TrayFrameProps extends Omit<GiftTrayProps, 'feed'> {
  children: ReactNode
}

function TrayFrame({ button, onClose, children }: TrayFrameProps) {
  const isPhone = useMedia(phone)
  const onOpenChange = (isStillOpen: boolean) => {
    if (!isStillOpen) onClose()
  }
  if (isPhone) {
    return (
      <ModalOverlay className="scrim gift-scrim" isDismissable isOpen onOpenChange={onOpenChange}>
        <Modal className="dialog-card">{children}</Modal>
      </ModalOverlay>
    )
  }
  return (
    <TrayCard button={button} onOpenChange={onOpenChange}>
      {children}
    </TrayCard>
  )
}

interface TrayCardProps {
  button: RefObject<HTMLElement | null>
  onOpenChange: (isStillOpen: boolean) => void
  children: ReactNode
}

function TrayCard({ button, onOpenChange, children }: TrayCardProps) {
  const card = useRef<HTMLElement>(null)
  useAbove(card, button)
  return (
    <Popover
      ref={card}
      trigger="DialogTrigger"
      triggerRef={button}
      className="menu-popover gift-popover"
      placement="top end"
      isOpen
      onOpenChange={onOpenChange}
    >
      {children}
    </Popover>
  )
}

function TrayHead({ feed, onLeave }: { feed: ChatFeed; onLeave: () => void }) {
  const { t } = useTranslation()
  const coins = useCoinsLeft(feed)
  return (
    <div className="gift-head">
      <Heading slot="title">{t('gifts.title')}</Heading>
      <Link to="/wallet" className="gift-have" title={t('wallet.open')} onClick={onLeave}>
        <Coin size={18} />
        {coins === undefined ? (
          <span className="skeleton gift-have-unknown">
            <span className="unseen">{t('gifts.haveUnknown')}</span>
          </span>
        ) : (
          <>
            <span aria-hidden="true">
              <RollingNumber value={coins} />
            </span>
            <span className="unseen">{t('gifts.have', { count: coins })}</span>
          </>
        )}
      </Link>
    </div>
  )
}

function TrayBody({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const { data, isError, refetch } = useGifts()
  if (data && data.gifts.length > 0) return <GiftOrder feed={feed} catalogue={data} />
  if (data) return <p className="gift-state">{t('gifts.none')}</p>
  if (!isError) return <div className="skeleton gift-waiting" />
  return (
    <p className="gift-state" role="alert">
      {t('gifts.failed')}{' '}
      <button type="button" className="link-button" onClick={() => void refetch()}>
        {t('app.retry')}
      </button>
    </p>
  )
}
