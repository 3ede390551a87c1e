/** Bounds of payments, and how often gateways are asked about them. */
const minute = 60_000
const day = 24 * 60 * minute

export const paymentBounds = {
  /** Time one has to pay. */
  payWithinMs: 60 * minute,
  /** Less than that nobody gets who begins to pay: Stripe takes 30 minutes at least. */
  payWithinMinMs: 35 * minute,
  /** Unpaid ones of one person, open or not, of which gateways are still asked. */
  unpaidMax: 30,
  /** Money that arrives is looked for so long behind that; later only a webhook tells. */
  lateMs: day,
  /** What is paid is asked about once a day for so long: refunds that nobody told us. */
  watchedMs: 120 * day,
  watchEveryMs: day,
  /** A pending payment is asked about after so long, the last one again and again. */
  looksAfterMs: [minute, minute, 2 * minute, 5 * minute, 15 * minute, 60 * minute],
  /** After a gateway did not answer, or the ledger. */
  againAfterMs: minute,
  /** A gateway that never answers about an unpaid payment is asked so long behind its time. */
  silentMs: 7 * day,
  /** People may ask as often about one payment; sooner they get what is known. */
  checkEveryMs: 2_000,
  /** Rounds of the upkeep, and what one of them takes at one gateway. */
  roundEveryMs: 5_000,
  looksAtOnceMax: 50,
  looksTogetherMax: 4,
  /** A gateway that leaves so many questions in a row unanswered is let be for this round. */
  unansweredMax: 4,
  answerMs: 10_000,
  answerBytesMax: 64 * 1024,
  /** Moves of one payment that are looked up together; there may be any number. */
  movesReadTogether: 64,
  /** What is owed is taken back in parts of at least one in so many, so that moves stay few. */
  partOfOwedLeast: 50,
  triesMax: 8,
  /** Refunds and disputes of one payment, as Stripe lists them. */
  listPage: 100,
  refundsMax: 1_000,
  disputesMax: 100,
  /** Later nothing is told again; should it be, the ledger's ids still guard. */
  eventsKeptMs: 30 * day,
  webhookBytesMax: 64 * 1024,
  /** How old a signature may be. */
  toleranceSeconds: 300,
} as const
