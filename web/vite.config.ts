/** How the app is built, and where the development server finds the real one. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.ODEON_URL ?? 'http://localhost:2567'

/** The room's sockets share the server's origin, so development proxies everything but the app. */
export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: {
    target: ['chrome123', 'safari17.5', 'firefox128'],
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '^/(v1|matchmake|health|ready|openapi.json|docs)': server,
      '^/[\\w-]{9}/': { target: server, ws: true },
    },
  },
})
