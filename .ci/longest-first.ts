// The order of test files: those that take a minute or more begin first, longest first, so that at
// the end of a run no core waits for one of them.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'client-sdk/src/faults.e2e',
  'web/test/audio-media',
  'server/src/rooms/relays',
  'server/src/main',
  'web/test/pages',
  'web/test/films',
  'server/src/rooms/faults',
  'web/test/channel-settings',
  'web/test/studio-media',
  'web/test/player-choices',
  'client-sdk/src/battles/killed-battle.e2e',
  'docs/docs',
  'server/src/demo/stage/stage',
  'web/test/gift-tray',
  'web/test/axe-desk',
  'web/test/crew',
  'loadtest/src/load',
  'server/src/rooms/several-processes',
  'web/test/audio-room',
  'web/test/live-room',
  'web/test/host',
  'server/src/rooms/behind-nginx',
  'server/src/platform/embedded-postgres',
  'web/test/house-pages',
]

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((path) => moduleId.endsWith(`/${path}.test.ts`))
      return rank < 0 ? longest.length : rank
    }
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}
