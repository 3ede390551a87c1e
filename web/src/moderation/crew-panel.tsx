/** The crew's desk beside the chat: what waits, how one may chat, what was done, who is here. */
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useKeysIn } from '../chat/use-latest.ts'
import { useTranslation } from '../text/use-translation.ts'
import { CrewList } from './crew-list.tsx'
import { useDesk } from './desk-notice.tsx'
import { HeldQueue } from './held-queue.tsx'
import { ModeSwitches } from './mode-switches.tsx'
import { RecentActions } from './recent-actions.tsx'

interface CrewPanelProps {
  feed: ChatFeed
  onClose?: () => void
}

export function CrewPanel({ feed, onClose }: CrewPanelProps) {
  const { t } = useTranslation()
  const { desk, room } = feed
  useDesk(desk)
  const [part, setPart] = useState('held')
  const waiting = desk.held.length
  const panel = useRef<HTMLElement>(null)
  useKeysIn(panel, (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose?.()
  })
  return (
    <section ref={panel} className="crew-panel" aria-label={t('desk.title')}>
      <Tabs
        className="crew-tabs"
        selectedKey={part}
        onSelectionChange={(key) => setPart(String(key))}
      >
        <div className="crew-bar">
          <TabList className="crew-tab-list" aria-label={t('desk.sections')}>
            <Tab id="held" className="crew-tab">
              {t('desk.held')}
              {waiting > 0 ? <span className="desk-count figures">{waiting}</span> : null}
            </Tab>
            <Tab id="modes" className="crew-tab">
              {t('desk.modes')}
            </Tab>
            <Tab id="actions" className="crew-tab">
              {t('desk.actions')}
            </Tab>
            <Tab id="people" className="crew-tab">
              {t('desk.people')}
            </Tab>
          </TabList>
          {onClose ? (
            <button
              type="button"
              className="button button-quiet button-icon"
              aria-label={t('desk.close')}
              onClick={onClose}
            >
              <X size={18} aria-hidden="true" />
            </button>
          ) : null}
        </div>
        {desk.reading === 'failed' ? (
          <p className="crew-none">
            {t('desk.failed')}{' '}
            <button type="button" className="link-button" onClick={() => void desk.read()}>
              {t('app.retry')}
            </button>
          </p>
        ) : null}
        <TabPanel id="held" className="crew-part">
          <HeldQueue room={room} desk={desk} />
        </TabPanel>
        <TabPanel id="modes" className="crew-part">
          <ModeSwitches room={room} desk={desk} />
        </TabPanel>
        <TabPanel id="actions" className="crew-part">
          <RecentActions desk={desk} />
        </TabPanel>
        <TabPanel id="people" className="crew-part">
          <CrewList room={room} desk={desk} />
        </TabPanel>
      </Tabs>
    </section>
  )
}
