/**
 * The port to whatever takes in what encoders send, OBS and its like. One entry is one key, kept
 * over many streams and open only while it leads to one.
 */
import type { EncoderProtocol } from './protocol.ts'

/** Who comes out of an entry into which room. */
export interface IngressTarget {
  roomId: string
  /** As `mediaIdentity` makes it, so that the room knows whose picture it is. */
  identity: string
  name: string
}

/** How an entry stands now. */
export interface IngressLook {
  /** What the entry is opened with, to be compared and told nobody. */
  key: string
  connection: 'away' | 'connecting' | 'sending' | 'failed'
  /** Why it failed, in the service's words; empty when it did not. */
  problem: string
  /** Unix ms of the last time an encoder left or failed; 0 when none did. */
  endedAt: number
  video: { width: number; height: number; framesPerSecond: number } | null
  audio: { channels: number } | null
}

/** Nobody takes anything in, or does not answer. */
export class IngressAway extends Error {
  override name = 'IngressAway'
}

/** Everything rejects with `IngressAway` when the service does not do it. */
export interface Ingress {
  /** A new entry, closed, with a key that only its maker knows, and a name for `list`. */
  create(entry: {
    protocol: EncoderProtocol
    identity: string
    label: string
  }): Promise<{ ingressId: string; key: string }>
  /** Opens an entry into a room, or closes it; `gone` when there is no such entry. */
  point(ingressId: string, to: IngressTarget | null): Promise<'done' | 'gone'>
  /** Its key is good no more, and who sends by it is cut off. Again changes nothing. */
  remove(ingressId: string): Promise<void>
  look(ingressId: string): Promise<IngressLook | 'gone'>
  /** All entries there are, whoever's they are. */
  list(): Promise<{ ingressId: string; label: string }[]>
}
