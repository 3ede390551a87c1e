/** Money as gateways write it, to whole minor units and back, without fractions on the way. */

/** `"1,000.50"`, `1000.5`: 100,050. Undefined when it is no amount in hundredths. */
export function minorOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const parts = /^(\d{1,3}(?:,\d{2,3})+|\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(String(value))
  if (parts === null) return undefined
  const [, units = '', hundredths = ''] = parts
  return Number(units.replaceAll(',', '')) * 100 + Number(hundredths.padEnd(2, '0'))
}

/** `100_050`: `"1000.50"`; whole units without a point, as gateways show them. */
export function decimalOf(minor: number): string {
  const hundredths = minor % 100
  const units = (minor - hundredths) / 100
  return hundredths === 0 ? `${units}` : `${units}.${String(hundredths).padStart(2, '0')}`
}
