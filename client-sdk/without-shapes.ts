/** For builds: what runs in programs and pages knows the protocol's names and bounds, not zod. */
import type { Plugin } from 'vite'

/** Roots of calls that make shapes: zod, and shapes of the protocol that others are made of. */
export const shapeMakers = ['z', 'requestId', 'lineId', 'chatModesShape', 'plainText']

/**
 * Shapes are for servers. Of the protocol only names and bounds are used here, so the calls that
 * make shapes go (`manualPureFunctions`), and zod with them. The stand-in is a function because
 * anything simpler would be put in place of its name, by which those calls are known.
 */
export const withoutShapes: Plugin = {
  name: 'without-shapes',
  apply: 'build',
  enforce: 'pre',
  resolveId: (id) => (id === 'zod' ? '\0zod' : undefined),
  load: (id) => (id === '\0zod' ? 'export function z() {}' : undefined),
}
