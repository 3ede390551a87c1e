/** Ids as requests name them. */
import { z } from 'zod'

/** A UUID, in whichever case; small letters from here on, so that one thing has one name. */
export const uuid = z.uuid().toLowerCase()
