/** How the app is built, and where the development server finds the real one. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { shapeMakers, withoutShapes } from '../client-sdk/without-shapes.ts'
import { firstScreen } from './first-screen.ts'

const server = process.env.ODEON_URL ?? 'http://localhost:2567'

const base =
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(react-router|router-core|history|store|react-store))\//

/** The room's sockets share the server's origin, so development proxies everything but the app. */
export default defineConfig({
  plugins: [react(), withoutShapes, firstScreen()],
  resolve: {
    conditions: ['development', 'module', 'browser'],
    alias: { 'react-i18next': join(import.meta.dirname, 'src/text/use-translation.ts') },
  },
  build: {
    target: ['chrome123', 'safari17.5', 'firefox128'],
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      treeshake: { manualPureFunctions: shapeMakers },
      // What changes least, in one file: smaller together, and kept over deploys.
      output: { codeSplitting: { groups: [{ name: 'base', test: base }] } },
    },
  },
  server: {
    proxy: {
      '^/(v1|matchmake|health|ready|openapi.json|docs)': server,
      '^/[\\w-]{9}/': { target: server, ws: true },
    },
  },
})
