/** Pictures put together: the decoder, the folder they lie in, the record of who needs them. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { decoder } from './decoder.ts'
import { folderStore } from './media-store.ts'
import { type Media, media } from './media.ts'

export interface OpenMediaDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now'>
  log: Logger
  folder: string
}

export function openMedia({ folder, log, ...deps }: OpenMediaDeps): Media {
  return media({ ...deps, log, store: folderStore(folder), decoder: decoder({ log }) })
}
