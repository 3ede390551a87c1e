/** `npm run build`: builds the web app ahead of the first start, for images and packages. */
import { resolve } from 'node:path'
import { progressOn } from './platform/start/progress.ts'
import { buildWebApp } from './platform/web-app/build.ts'

const root = resolve(import.meta.dirname, '../..')
await progressOn(process.stdout).step('web app', (say) => buildWebApp({ root, say }))
