/** The bell of the header with its count, and the panel below it; what comes is said aloud once. */
import type { Notice } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components'
import { useTranslation } from '../text/use-translation.ts'
import { MarkAll } from './mark-all.tsx'
import { NoticeList } from './notice-list.tsx'
import { blanksOf } from './notice-row.tsx'
import { useFreshNotice, useUnread } from './use-notices.ts'

const panelMax = 8
const countMax = 99

export function NoticeBell() {
  const { t } = useTranslation()
  const { unread } = useUnread()
  const [newest, setNewest] = useState<Notice>()
  const [isOpen, setOpen] = useState(false)
  useFreshNotice(setNewest)
  const close = () => setOpen(false)
  return (
    <>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button
          className="bell"
          aria-label={unread > 0 ? t('notices.bell', { count: unread }) : t('notices.title')}
        >
          <Bell size={21} aria-hidden="true" />
          {unread > 0 ? (
            <span className="bell-count figures" aria-hidden="true">
              {unread > countMax ? `${countMax}+` : unread}
            </span>
          ) : null}
        </Button>
        <Popover className="menu-popover bell-panel" placement="bottom end" offset={8}>
          <Dialog className="bell-dialog">
            <div className="bell-head">
              <Heading slot="title">{t('notices.title')}</Heading>
              <MarkAll />
            </div>
            <NoticeList shownMax={panelMax} onOpen={close} />
            <Link to="/notices" className="button button-quiet button-wide" onClick={close}>
              {t('notices.all')}
            </Link>
          </Dialog>
        </Popover>
      </DialogTrigger>
      <p className="unseen" role="status">
        {newest ? t(`notices.kinds.${newest.kind}`, blanksOf(newest, t)) : ''}
      </p>
    </>
  )
}
