/** The port to whatever sends a room's picture and sound on: to other sites, and into files. */

/** One program that composes a room and sends it on, while it is at it. */
export interface EgressRun {
  id: string
  kind: 'film' | 'streams'
  state: 'starting' | 'live' | 'ending' | 'ended' | 'failed'
  /** Why it failed, in the service's words; empty when it did not. */
  problem: string
  /** By address as `redacted` makes it; one that was sent to twice is there twice. */
  streams: {
    address: string
    state: 'live' | 'ended' | 'failed'
    problem: string
    /** When the service last connected again, Unix ms; 0: it never had to. */
    retriedAt: number
  }[]
  files: OutputFile[]
  /** Unix ms; 0 while that is not so. */
  startedAt: number
  endedAt: number
  /** It ended of itself and did not fail: a limit of the service, or everybody left the room. */
  isOrderly: boolean
}

/**
 * `none`: its program died. `blind`: that goes on, and what looks into the room for it, does not:
 * nothing is seen any more.
 */
export type RunPulse = 'well' | 'blind' | 'none'

export interface OutputFile {
  path: string
  bytes: number
  durationMs: number
  /** Unix ms of its first picture. */
  startedAt: number
}

/** Nobody sends anything on, or does not answer, or said no. */
export class EgressAway extends Error {
  override name = 'EgressAway'
}

/** Nothing is wrong with what was asked: what runs leaves no room for one more. */
export class EgressFull extends EgressAway {
  override name = 'EgressFull'
}

export interface FilmOrder {
  path: string
  /** Where the segments for HLS lie, without a slash at the end; absent: none are made. */
  segments?: string | undefined
  /** A room of voices. */
  isSound: boolean
}

/** Everything rejects with `EgressAway` when it is not done, with `EgressFull` for want of room. */
export interface Egress {
  /** What runs for a room now. */
  running(roomId: string): Promise<EgressRun[]>
  /** One that may be over; undefined when it is not known any more. */
  look(id: string): Promise<EgressRun | undefined>
  /** How what runs by the service's word is in truth. */
  pulse(roomId: string, run: Pick<EgressRun, 'id' | 'state'>): Promise<RunPulse>
  /** Undefined when nobody is in the room yet: there is nothing to send. */
  startFilm(roomId: string, order: FilmOrder): Promise<EgressRun | undefined>
  /** The same. Addresses with their keys: they are told nobody else. */
  startStreams(roomId: string, urls: string[]): Promise<EgressRun | undefined>
  changeStreams(id: string, change: { add: string[]; remove: string[] }): Promise<void>
  /** Again, and of one that is not there, changes nothing. */
  stop(id: string): Promise<void>
}
