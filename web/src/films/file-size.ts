/** The size of a file as people compare sizes. */

/** "812 MB": a file as people compare them. */
export function sizeOf(bytes: number, language: string): string {
  const [unit, size] = bytes < 1e9 ? (['megabyte', 1e6] as const) : (['gigabyte', 1e9] as const)
  const maximumFractionDigits = bytes < 10 * size ? 1 : 0
  const format = { style: 'unit', unit, maximumFractionDigits } as const
  return new Intl.NumberFormat(language, format).format(Math.max(bytes, 1e5) / size)
}
