/** What the archive keeps. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Archive20261121000300 } from './migrations/20261121000300-archive.ts'
import { ArchiveWriter20261121000400 } from './migrations/20261121000400-archive-writer.ts'

export const archiveSchema = {
  entities: [],
  migrations: [
    { name: '20261121000300-archive', class: Archive20261121000300 },
    { name: '20261121000400-archive-writer', class: ArchiveWriter20261121000400 },
  ],
} satisfies Schema
