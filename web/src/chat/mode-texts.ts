/** The modes of a chat in words, in the order in which they weigh on who writes. */
import type { ChatModes } from '@odeon/rooms/protocol'
import type { TFunction } from '../text/use-translation.ts'

export interface ModeText {
  mode: keyof ChatModes
  text: string
}

/** What is on; nothing when everybody may say anything at any time. */
export function modeTexts(t: TFunction, modes: ChatModes): ModeText[] {
  const { slowSeconds, followersMinutes, delaySeconds } = modes
  const texts: ModeText[] = []
  if (slowSeconds > 0) {
    texts.push({ mode: 'slowSeconds', text: t('modes.slow', { count: slowSeconds }) })
  }
  if (followersMinutes === 0) {
    texts.push({ mode: 'followersMinutes', text: t('modes.followers') })
  } else if (followersMinutes > 0) {
    const time = minutesText(t, followersMinutes)
    texts.push({ mode: 'followersMinutes', text: t('modes.followersFor', { time }) })
  }
  if (modes.subscribersOnly) texts.push({ mode: 'subscribersOnly', text: t('modes.subscribers') })
  if (modes.emoteOnly) texts.push({ mode: 'emoteOnly', text: t('modes.emotes') })
  if (modes.unique) texts.push({ mode: 'unique', text: t('modes.unique') })
  if (delaySeconds > 0) {
    texts.push({ mode: 'delaySeconds', text: t('modes.delay', { count: delaySeconds }) })
  }
  return texts
}

/** 90 → "90 min", 120 → "2 h", 1,440 → "1 d". */
export function minutesText(t: TFunction, minutes: number): string {
  if (minutes >= 1_440 && minutes % 1_440 === 0) return t('modes.days', { count: minutes / 1_440 })
  if (minutes >= 60 && minutes % 60 === 0) return t('modes.hours', { count: minutes / 60 })
  return t('modes.minutes', { count: minutes })
}
