/** How the app is built, and where the development server finds the real one. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { shapeMakers, withoutShapes } from '../client-sdk/without-shapes.ts'
import { firstScreen } from './first-screen.ts'

const server = process.env.ODEON_URL ?? 'http://localhost:2567'

/** What changes least in one file and the first screen in another: smaller together. */
const base = oneOf([
  'node_modules/(react|react-dom|scheduler|use-sync-external-store)/',
  'node_modules/@tanstack/(react-router|router-core|history|store|react-store)/',
])
const house = oneOf([
  'web/src/(main|router)\\.tsx',
  'web/src/home/(?!.*rail)',
  'web/src/stage/(?!crowd|player|seating|use-)',
  'web/src/session/',
  'web/src/lobby/',
  'web/src/(channels/settings/settings-tabs|admin/address-filters)',
  'web/src/text/(en-house|language|translations|use-translation)',
  'web/src/frame/(app-frame|account-button|bell|chip|error|later|mark|page|rolling|state-page)',
  'web/src/frame/(letter-keys\\.|tab-bar|theme|use-|clock)',
  'web/src/search/(search-box|search-options|recent)',
  'web/src/accounts/open-sign-in',
  'web/src/chat/name-colours',
  'client-sdk/src/(odeon|world|refusal|listeners)\\.ts',
  'client-sdk/src/(auth|http)/',
  'client-sdk/src/room/(settle|seat-url|wakeups|room-desk)',
  'lucide-react/dist/esm/(?!icons)',
])

/** Signs of several pages, in one file: alone, each costs the list of files more than it is. */
const signs =
  /lucide-react\/dist\/esm\/icons\/(?!(eye|headphones|radio|circle-user|house|search|x)\.)/

const router = join(import.meta.dirname, '../node_modules/@tanstack/router-core/dist/esm')

function oneOf(paths: readonly string[]): RegExp {
  return new RegExp(paths.join('|'))
}

/** The room's sockets share the server's origin, so development proxies everything but the app. */
export default defineConfig({
  plugins: [react(), withoutShapes, firstScreen()],
  resolve: {
    conditions: ['development', 'module', 'browser'],
    // By the condition `development`, which is ours, the router would bring its server's half.
    alias: { '@tanstack/router-core/isServer': join(router, 'isServer/client.js') },
  },
  build: {
    target: ['chrome123', 'safari17.5', 'firefox128'],
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      treeshake: { manualPureFunctions: shapeMakers },
      output: {
        // The first screen lists every file there is: short names make it lighter.
        chunkFileNames: ({ name }) =>
          `assets/${['base', 'house'].includes(name) ? '[name]-' : ''}[hash].js`,
        codeSplitting: {
          groups: [
            { name: 'base', test: base },
            { name: 'house', test: house },
            { name: 'signs', test: signs, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '^/(v1|matchmake|health|ready|openapi.json|docs)': server,
      '^/[\\w-]{9}/': { target: server, ws: true },
    },
  },
})
