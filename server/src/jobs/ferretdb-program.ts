/** Where the program `ferretdb` is: a server that speaks MongoDB's protocol over PostgreSQL. */
import { resolve } from 'node:path'
import {
  type GoProgram,
  goProgram,
  type GoRecipe,
  type ProgramOptions,
} from '../platform/go-program.ts'

const module = 'github.com/FerretDB/FerretDB'

const recipe: GoRecipe = {
  name: 'ferretdb',
  setting: 'FERRETDB_PATH',
  module,
  package: '.',
  folder: resolve(import.meta.dirname, '../../../docker/ferretdb'),
  // A tenth of the time to build: SQLite is another language's code made into Go.
  tags: 'ferretdb_no_sqlite',
  howToGet:
    'Install Go 1.24 or later (https://go.dev/dl) and start again, or put ferretdb 1.24 on the ' +
    'PATH, or set FERRETDB_PATH.',
}

/** Never rejects: `missing` says in one line what is wrong and how to get it. */
export const ferretdbProgram = (options: ProgramOptions): Promise<GoProgram> =>
  goProgram(recipe, options)
