/** Where the program `livekit-server` is; built of its public Go module where there is none. */
import { resolve } from 'node:path'
import {
  type GoProgram,
  goProgram,
  type GoRecipe,
  type ProgramOptions,
  versionIn,
} from '../../platform/go-program.ts'

const module = 'github.com/livekit/livekit-server'

const recipe: GoRecipe = {
  name: 'livekit-server',
  setting: 'LIVEKIT_SERVER_PATH',
  module,
  package: `${module}/cmd/server`,
  folder: resolve(import.meta.dirname, '../../../../docker/livekit'),
  howToGet:
    'Install Go 1.24 or later (https://go.dev/dl) and start again, or put livekit-server ' +
    '(https://docs.livekit.io/home/self-hosting/local) on the PATH, or set LIVEKIT_URL.',
}

/** The version that is built, such as `v1.9.11`. */
export const pinnedVersion = (): string => versionIn(recipe)

/** Never rejects: `missing` says in one line what is wrong and how to get it. */
export const livekitProgram = (options: ProgramOptions): Promise<GoProgram> =>
  goProgram(recipe, options)
