/** What outputs keep in the database. */
import type { Schema } from '../platform/database.ts'
import { Outputs20261129000100 } from './migrations/20261129000100-outputs.ts'
import { Films20261129001000 } from './migrations/20261129001000-films.ts'
import { OutputBudget20261129001100 } from './migrations/20261129001100-output-budget.ts'
import { FilmRemovers20261129001300 } from './migrations/20261129001300-film-removers.ts'
import { FilmUpkeep20261129001400 } from './migrations/20261129001400-film-upkeep.ts'
import { KeyVersion20261129001200 } from './migrations/20261129001200-key-version.ts'
import { OutputRoom20261129220000 } from './migrations/20261129220000-output-room.ts'

export const outputSchema = {
  entities: [],
  migrations: [
    { name: '20261129000100-outputs', class: Outputs20261129000100 },
    { name: '20261129001000-films', class: Films20261129001000 },
    { name: '20261129001100-output-budget', class: OutputBudget20261129001100 },
    { name: '20261129001200-key-version', class: KeyVersion20261129001200 },
    { name: '20261129001300-film-removers', class: FilmRemovers20261129001300 },
    { name: '20261129001400-film-upkeep', class: FilmUpkeep20261129001400 },
    { name: '20261129220000-output-room', class: OutputRoom20261129220000 },
  ],
} satisfies Schema
