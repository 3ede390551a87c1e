// The order of test files: those that take a quarter of a minute or more begin first, longest
// first, so that at the end of a run no core waits for one of them.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = [
  'client-sdk/src/faults.e2e',
  'server/src/rooms/relays',
  'web/test/battle-desk',
  'web/test/battle',
  'web/test/audio-media',
  'web/test/audio-devices',
  'server/src/rooms/faults',
  'web/test/player-choices',
  'web/test/films',
  'web/test/gift-tray',
  'web/test/gift-board',
  'web/test/pages',
  'web/test/studio-media',
  'docs/docs',
  'server/src/main',
  'web/test/channel-settings',
  'web/test/gift-effects',
  'web/test/coins',
  'web/test/crew',
  'web/test/tiers',
  'web/test/host',
  'web/test/player',
  'web/test/live-room',
  'web/test/audio-room',
  'client-sdk/src/battles/killed-battle.e2e',
  'loadtest/src/load',
  'server/src/tiers/histories',
  'server/src/rooms/several-processes',
  'web/test/studio-encoder',
  'web/test/axe-desk',
  'web/test/wallet',
  'server/src/rooms/behind-nginx',
  'web/test/studio',
  'server/src/wallet/histories',
  'server/src/platform/start/package-runner',
  'server/src/jobs/jobs',
  'server/src/tiers/crashes',
  'server/src/platform/database',
  'server/src/media/livekit/signed-out',
  'server/src/platform/embedded-postgres',
  'server/src/demo/stage/stage',
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
