/** Which client carries the viewers: the compiled one, or its stand-in where it cannot be. */
import { spawnSync } from 'node:child_process'
import { platform } from 'node:os'
import { join } from 'node:path'
import { LineProcess } from '../line-process.ts'
import { compiler } from '../swarm/build-swarm.ts'
import { argumentsOf, Swarm, type SwarmOptions } from '../swarm/swarm.ts'

/** `script` is slower and speaks TLS; `compiled` is for loopback on Linux. */
export type GeneratorKind = 'compiled' | 'script'

const standIn = join(import.meta.dirname, '../stand-in/main.ts')

export function hasCompiler(): boolean {
  return platform() === 'linux' && spawnSync(compiler, ['--version']).status === 0
}

export function startGenerator(kind: GeneratorKind, options: SwarmOptions): Promise<Swarm> {
  if (kind === 'compiled') return Swarm.start(options)
  const args = ['--conditions=development', standIn, ...argumentsOf(options)]
  return Promise.resolve(new Swarm(new LineProcess('a generator', process.execPath, args)))
}
