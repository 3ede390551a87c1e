/** The books of a house that is broken on purpose. */
export { type BookedBattle, type BookedGift, openBooks } from '../../../server/src/books-alone.ts'
