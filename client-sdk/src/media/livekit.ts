/** Everything that LiveKit's client is needed for, as one part that is loaded when it is wanted. */
export { openLine, type LiveKitLine } from './livekit/livekit-line.ts'
export { Outgoing } from './livekit/outgoing.ts'
export { watchLevel } from './watch-level.ts'
