/** Zod compiles shapes with `new Function` where it may; our content policy says it may not. */
import { config } from 'zod'

config({ jitless: true })
