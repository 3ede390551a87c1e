/** Every sentence that a shape says itself when something is wrong, found by walking through it. */
import type { z } from 'zod'

interface Def {
  error?: (issue: object) => unknown
  [part: string]: unknown
}

export function wordsOf(shape: z.ZodType): string[] {
  const words = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return
    seen.add(part)
    if ('_zod' in part) {
      const { def } = part._zod as { def: Def }
      const said = def.error?.({ code: 'custom', input: '' })
      if (typeof said === 'string') words.add(said)
      visit(Object.values(def))
    } else if (Array.isArray(part)) for (const one of part) visit(one)
    else if (Object.getPrototypeOf(part) === Object.prototype) visit(Object.values(part))
  }
  visit(shape)
  return [...words]
}
