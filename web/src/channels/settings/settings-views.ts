/** What each tab of the settings shows. */
import { BroadcastTab } from './broadcast-tab.tsx'
import { ChatTab } from './chat-tab.tsx'
import { CrewTab } from './crew-tab.tsx'
import { EmotesTab } from './emotes-tab.tsx'
import { FilmsTab } from './films-tab.tsx'
import { ListsTab } from './lists-tab.tsx'
import { ProfileTab } from './profile-tab.tsx'
import { ReviewerTab } from './reviewer-tab.tsx'
import { ScheduleTab } from './schedule-tab.tsx'

export const settingsViews = {
  profile: ProfileTab,
  schedule: ScheduleTab,
  chat: ChatTab,
  emotes: EmotesTab,
  crew: CrewTab,
  lists: ListsTab,
  reviewer: ReviewerTab,
  films: FilmsTab,
  broadcast: BroadcastTab,
} as const
