/** The journal in memory does what every journal must. */
import { journalContract } from '../../testing/journal-contract.ts'
import { MemoryJournal } from './memory-journal.ts'

journalContract(() => new MemoryJournal())
