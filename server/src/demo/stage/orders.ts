/** What the house and the process that plays the demo's parts say to each other. */
import type { LookName } from './painter.ts'

/** A moving picture with music, or a voice. Seeds make them again. */
export type Part =
  | { kind: 'show'; look: LookName; seed: number }
  | { kind: 'voice'; pitchHz: number; seed: number }

/** Where LiveKit is for this machine, and what lets in. */
export interface Entrance {
  url: string
  token: string
}

export type Order =
  | { do: 'begin'; id: string; part: Part; entrance: Entrance }
  | { do: 'speak'; id: string; isSpeaking: boolean }
  | { do: 'leave'; id: string }

/** `missing`: this machine has no program for it, and nothing will ever be played. */
export type Word =
  | { is: 'on'; id: string }
  | { is: 'over'; id: string; why: string }
  | { is: 'missing'; why: string }
