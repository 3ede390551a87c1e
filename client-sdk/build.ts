// Makes `client-sdk/dist` a package of its own: two modules, their types, and a manifest that
// names what they need. The wire protocol is inside. `npm publish client-sdk/dist` ships it.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'vite'
import { shapeMakers, withoutShapes } from './without-shapes.ts'

const here = import.meta.dirname
const dist = join(here, 'dist')
const types = join(dist, 'types')
const entries = { index: 'src/index.ts', react: 'src/react.ts' }
/** Installed beside the package instead of copied into it. */
const needed = ['@colyseus/schema', 'livekit-client', 'msgpackr']

async function modules(): Promise<void> {
  await build({
    root: here,
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutShapes],
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      lib: { entry: entries, formats: ['es'] },
      rolldownOptions: {
        external: [...needed, 'react'],
        treeshake: { manualPureFunctions: shapeMakers },
      },
    },
  })
}

function declarations(): void {
  const tsc = join(here, '../node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], {
    stdio: 'inherit',
  })
  const protocol = join(types, 'rooms/src/protocol.js')
  for (const file of globSync('**/*.d.ts', { cwd: types })) {
    const path = join(types, file)
    const toProtocol = relative(dirname(path), protocol).replaceAll('\\', '/')
    const text = readFileSync(path, 'utf8')
      .replaceAll("'@odeon/rooms/protocol'", `'${toProtocol}'`)
      .replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'")
    writeFileSync(path, text)
  }
}

interface Manifest {
  dependencies: Record<string, string>
  [field: string]: unknown
}

function manifest(): void {
  const own = read('package.json')
  const { private: _, scripts: __, devDependencies: ___, dependencies, ...rest } = own
  const zod = read('../rooms/package.json').dependencies.zod
  const packed = {
    ...rest,
    exports: {
      '.': { types: './types/client-sdk/src/index.d.ts', default: './index.js' },
      './react': { types: './types/client-sdk/src/react.d.ts', default: './react.js' },
    },
    sideEffects: false,
    engines: { node: '>=22' },
    dependencies: {
      ...Object.fromEntries(needed.map((name) => [name, dependencies[name]])),
      // Named in the types alone.
      zod,
    },
  }
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`)
  cpSync(join(here, '../docs/sdk.md'), join(dist, 'README.md'))
  cpSync(join(here, '../LICENSE'), join(dist, 'LICENSE'))
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(join(here, file), 'utf8')) as Manifest
}

rmSync(dist, { recursive: true, force: true })
await modules()
declarations()
manifest()
