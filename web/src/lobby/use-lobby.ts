/** Who is live now, true within a second, on every page that shows it; one connection for all. */
import type { LobbySnapshot } from '@odeon/sdk'
import { odeon } from '../session/odeon.ts'
import { KeptRoom, type KeptStatus } from './kept-room.ts'
import { useKeptRoom } from './use-kept-room.ts'

export interface LobbyView {
  /** Anything but `live`: what is shown may be old. */
  status: KeptStatus
  /** The best 100, ranked, and counts of all; undefined until it was there once. */
  lobby: LobbySnapshot | undefined
}

const lobby = new KeptRoom(() => odeon.lobby.join())

export function useLobby(): LobbyView {
  const { status, state } = useKeptRoom(lobby)
  return { status, lobby: state }
}
