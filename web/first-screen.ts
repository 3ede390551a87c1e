/** Part of the build: weighs the script of the first screen and fails when it is too heavy. */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

export const firstScreenLimits = { gzipBytesMax: 120_000 } as const

/** What a bundler says of a file it wrote. */
export interface BuiltFile {
  type: 'chunk' | 'asset'
  fileName: string
  code?: string
  isEntry?: boolean
  /** Files it cannot start without; what is fetched later is not among them. */
  imports?: readonly string[]
}

export interface Weight {
  fileName: string
  gzipBytes: number
}

/** The entry and everything it imports, heaviest first. */
export function firstScreenOf(files: Readonly<Record<string, BuiltFile>>): Weight[] {
  const found = new Map<string, Weight>()
  const visit = (fileName: string) => {
    const file = files[fileName]
    if (file?.code === undefined || found.has(fileName)) return
    found.set(fileName, { fileName, gzipBytes: gzipSync(file.code).length })
    for (const imported of file.imports ?? []) visit(imported)
  }
  for (const file of Object.values(files)) if (file.isEntry) visit(file.fileName)
  return [...found.values()].toSorted((a, b) => b.gzipBytes - a.gzipBytes)
}

export function tableOf(weights: readonly Weight[]): string {
  const sum = weights.reduce((bytes, weight) => bytes + weight.gzipBytes, 0)
  const rows = [...weights, { fileName: 'together', gzipBytes: sum }]
  const limit = { fileName: 'at most', gzipBytes: firstScreenLimits.gzipBytesMax }
  return [...rows, limit]
    .map(({ fileName, gzipBytes }) => {
      const kilobytes = (gzipBytes / 1_000).toFixed(1)
      return `${kilobytes.padStart(8)} kB  ${fileName}`
    })
    .join('\n')
}

export function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    apply: 'build',
    // After everything is written: these are the bytes that will be sent.
    writeBundle(_options, bundle) {
      const weights = firstScreenOf(bundle)
      const sum = weights.reduce((bytes, weight) => bytes + weight.gzipBytes, 0)
      const table = `Script of the first screen, gzipped:\n${tableOf(weights)}`
      if (sum > firstScreenLimits.gzipBytesMax) this.error(`It is too heavy. ${table}`)
      this.info(table)
    },
  }
}
