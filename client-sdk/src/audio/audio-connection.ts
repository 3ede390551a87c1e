/** A room of voices: `odeon.audio.join(id)`. A live room with a floor. */
import type { MediaTicket } from '@odeon/rooms/protocol'
import { LiveFloor } from '../floor/live-floor.ts'
import { LiveConnection, type LiveRoomOptions } from '../live/live-connection.ts'

export class AudioConnection extends LiveConnection {
  readonly floor: LiveFloor

  constructor(options: LiveRoomOptions) {
    super(options)
    this.floor = new LiveFloor({
      send: (command, ask, how) => this.send(command, ask, how),
      state: () => this.state.floor,
      you: () => this.you,
    })
  }

  /**
   * Lets one connection into the media of the room: a LiveKit address and token, good for two
   * minutes. `tab` names the connection, 1–16 of `a–z 0–9`; the same again replaces it. Refused
   * with `media_unavailable` while `state.floor.hasMedia` is false.
   */
  mediaTicket(tab: string): Promise<MediaTicket> {
    return this.send('media.ticket', { tab })
  }
}
