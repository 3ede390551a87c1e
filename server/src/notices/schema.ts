/** What notices keep. They are written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Notices20261122004000 } from './migrations/20261122004000-notices.ts'
import { NoticeLines20261122004001 } from './migrations/20261122004001-notice-lines.ts'

export const noticeSchema = {
  entities: [],
  migrations: [
    { name: '20261122004000-notices', class: Notices20261122004000 },
    { name: '20261122004001-notice-lines', class: NoticeLines20261122004001 },
  ],
} satisfies Schema
