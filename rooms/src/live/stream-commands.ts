/** Commands that move a stream, one line each. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { endStream } from './end-stream.ts'
import type { LiveScope } from './live-scope.ts'
import { streamEnd, streamStart, streamUpdate } from './protocol.ts'
import { startStream } from './start-stream.ts'
import { updateStream } from './update-stream.ts'

export const streamCommands: CommandTable<LiveScope> = {
  'stream.start': command({ shape: streamStart, may: ['host'], action: startStream }),
  'stream.update': command({ shape: streamUpdate, may: ['host'], action: updateStream }),
  // Also whoever leads in the host's place.
  'stream.end': command({ shape: streamEnd, may: everyone, action: endStream }),
}
