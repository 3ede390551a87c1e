/** What of an address narrows a list: names that are known, texts that are short. */
export type Filters = Record<string, string>

const filterCharsMax = 100

/** Only short texts; anything else in the address counts as no filter. */
export function addressFilters(names: readonly string[]) {
  return (search: Record<string, unknown>): Filters =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = search[name]
        const text = typeof value === 'number' ? String(value) : value
        return typeof text === 'string' && text !== '' && text.length <= filterCharsMax
          ? [[name, text]]
          : []
      }),
    )
}
