/** The player's process on a machine that has no program for it. */
import type { Word } from '../orders.ts'

const word: Word = { is: 'missing', why: 'there is none for this machine' }
process.send?.(word)
process.on('disconnect', () => process.exit(0))
