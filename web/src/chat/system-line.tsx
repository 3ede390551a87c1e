/** What the room itself says in the chat: centred, dim, never loud. */
import { battleLineText } from '../battles/battle-line-text.ts'
import { treasureLineText } from '../treasure/treasure-words.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { SystemLine as Told } from './lines.ts'
import { modeTexts } from './mode-texts.ts'

export function SystemLine({ line }: { line: Told }) {
  const { t } = useTranslation()
  if (line.kind === 'gap') {
    return (
      <li className="chat-gap" data-key={line.key}>
        <span>{line.count > 0 ? t('chat.gap', { count: line.count }) : t('chat.gapUnknown')}</span>
      </li>
    )
  }
  return (
    <li className="chat-system" data-key={line.key}>
      <SystemText line={line} />
    </li>
  )
}

const endedBy = {
  host: 'chat.ended',
  staff: 'chat.endedByStaff',
  absence: 'chat.endedByAbsence',
} as const

function SystemText({ line }: { line: Exclude<Told, { kind: 'gap' }> }) {
  const { t, i18n } = useTranslation()
  switch (line.kind) {
    case 'battle':
      return battleLineText(t, line.move, i18n.language)
    case 'treasure':
      return treasureLineText(t, line)
    case 'started':
      return t('chat.started', { name: line.by.name })
    case 'ended':
      return t(endedBy[line.by])
    case 'cleared':
      return t('chat.cleared', { name: line.by.name })
    case 'titled':
      return t('chat.titled', { name: line.by.name, title: line.title })
    case 'crew':
      return line.role === 'vip'
        ? t('chat.isVip', { name: line.name })
        : t('chat.isModerator', { name: line.name })
    case 'throne':
      return t('gifts.throneTaken', { name: line.name })
    case 'train': {
      const { what, level, coins, supporters: count } = line
      if (what === 'started') return t('gifts.trainStarted', { count })
      if (what === 'levelled') return t('gifts.trainLevelled', { level })
      return t('gifts.trainEnded', { level, coins })
    }
    case 'goal':
      return <GoalText line={line} />
    case 'moded': {
      const on = modeTexts(t, line.modes).map(({ text }) => text)
      const modes = on.join(' · ')
      if (on.length === 0) return t('chat.opened', { name: line.by.name })
      return t('chat.moded', { name: line.by.name, modes })
    }
  }
}

function GoalText({ line }: { line: Extract<Told, { kind: 'goal' }> }) {
  const { t } = useTranslation()
  const { title, targetCoins: coins, isReached } = line
  if (title === '') {
    return isReached
      ? t('gifts.goalIsReachedPlain', { coins })
      : t('gifts.goalIsSetPlain', { coins })
  }
  return isReached ? t('gifts.goalIsReached', { title }) : t('gifts.goalIsSet', { title, coins })
}
