/** Whoever is in a room for the house: films it, or sends it on. No room grants them anything. */
import { type ParticipantInfo, ParticipantInfo_Kind } from '@livekit/protocol'

/** By the kind in their token, which people's tokens do not have. */
export const isHouse = ({ kind }: Pick<ParticipantInfo, 'kind'>): boolean =>
  kind === ParticipantInfo_Kind.EGRESS
