/** The ledgers a benchmark gives to. */
export { openLedgers } from '../../../server/src/ledger-alone.ts'
