/** The room of who is live now: everybody may come in and look, nobody has anything to say. */
import type { CommandTable, Scope } from '../kit/command.ts'
import { noLog } from '../kit/no-log.ts'
import { OdeonRoom } from '../kit/odeon-room.ts'
import type { RoomPorts } from '../kit/room-ports.ts'
import { seatAuth } from '../kit/seat-auth.ts'
import type { Admission, Directory } from '../ports.ts'
import { ListedStreams } from './keep-listed.ts'
import { lobbyLimits } from './protocol.ts'
import { LobbyState } from './state.ts'

export interface LobbyPorts extends Omit<RoomPorts, 'archive'> {
  directory: Directory
}

type LobbyScope = Scope<LobbyState, object>

/** One for each process: it serves those whose seat that process gave out. */
export const lobbyRoomId = (processId: string): string => `lobby_${processId}`

/** Reads only; `log.read` is the kit's own. */
export const lobbyCommands: CommandTable<LobbyScope> = {}

/** The room class of lobbies, holding its ports. */
export function defineLobbyRoom(ports: LobbyPorts) {
  return class LobbyRoom extends OdeonRoom<LobbyState, object, LobbyScope> {
    static override onAuth = seatAuth(ports)
    override maxClients = lobbyLimits.viewersMax
    protected override readonly ports = { ...ports, archive: noLog }
    protected override readonly commands = lobbyCommands
    readonly #listed = new ListedStreams()
    #isDue = true
    #unsubscribe = () => {}

    override async onCreate(options: unknown): Promise<void> {
      await super.onCreate(options)
      this.#unsubscribe = ports.directory.subscribe((streamId, card) => {
        if (!this.#listed.hear(streamId, card)) return
        // Sorting very many for each start would be dear; the beat comes within a second.
        if (this.#listed.total > lobbyLimits.sortedAtOnceMax) return
        this.#isDue = true
        this.stage.touch()
      })
    }

    protected override openState(options: unknown): Promise<LobbyState> {
      this.roomId = lobbyRoomId((options as { processId: string }).processId)
      return Promise.resolve(new LobbyState())
    }

    protected override openScope(kit: LobbyScope): LobbyScope {
      return kit
    }

    protected override admit(): Promise<Admission> {
      return Promise.resolve({ role: 'viewer' })
    }

    protected override beforeFrame(): void {
      if (!this.#isDue) return
      this.#isDue = false
      this.#listed.show(this.scope.state)
    }

    protected override onBeat(): void {
      this.#isDue = true
    }

    override async onDispose(): Promise<void> {
      this.#unsubscribe()
      await super.onDispose()
    }
  }
}
