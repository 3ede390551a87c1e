/** For builds: what runs in programs and pages knows the protocol's names and bounds, not zod. */
import type { Plugin } from 'vite'

/** Roots of calls that make shapes: zod, and shapes of the protocol that others are made of. */
export const shapeMakers = ['z', 'requestId', 'lineId', 'chatModesShape', 'plainText']

/** Is in the stand-in, and so wherever one of its calls was not left out. */
const mark = 'no shapes here'

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
  load: (id) => (id === '\0zod' ? `export function z() { return '${mark}' }` : undefined),
  generateBundle(_, bundle) {
    for (const made of Object.values(bundle)) {
      if (made.type === 'chunk' && made.code.includes(mark)) {
        this.error(
          `${made.fileName} still makes a shape, and there is no zod to make it: begin the call ` +
            'with z, as in z.optional(userId), or name its root among the makers of shapes.',
        )
      }
    }
  },
}
