/** Room id of a stream; ids of rooms hold letters, digits, `_` and `-` only. */
export const liveRoomId = (streamId: string): string => `live_${streamId}`
