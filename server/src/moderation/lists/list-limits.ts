/** Bounds of shared ban lists. */
export const listLimits = {
  nameCharsMax: 60,
  aboutCharsMax: 300,
  sourceCharsMax: 200,
  listsPerChannelMax: 10,
  entriesMax: 1_000,
  subscriptionsMax: 20,
  subscribersMax: 5_000,
  /** Notices that one entry may cause; the person's page of sanctions has all of them. */
  noticesMax: 20,
} as const
