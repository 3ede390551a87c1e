// PM2: `pm2 start ecosystem.config.js`. Restarts what dies, stops it cleanly.
// Without REDIS_URL one process does everything. With it, and a DATABASE_URL for all: ROOMS
// processes for rooms and HTTP, from PORT upwards, and WORKERS for what is done now and then, from
// PORT + 100 upwards.
import { availableParallelism } from 'node:os'

const shared = {
  script: 'server/src/main.ts',
  interpreter: './node_modules/.bin/node',
  node_args: '--conditions=development',
  exec_mode: 'fork',
  /** Time to tell every client, store the logs and stop the database. */
  kill_timeout: 25_000,
  max_restarts: 10,
  min_uptime: 10_000,
  exp_backoff_restart_delay: 200,
  time: true,
  /** What is compiled at one start is taken from there at the next, which needs a third less. */
  env: { NODE_COMPILE_CACHE: 'node_modules/.cache/odeon' },
  /** `--env production` asks for JWT_SECRET and PUBLIC_URL in the environment. */
  env_production: { NODE_ENV: 'production' },
}

/**
 * PM2 numbers the processes of each of these from 0; the server adds its number to PORT.
 * @param {Record<string, string | undefined>} environment
 * @returns {(typeof shared & {
 *   name: string
 *   instances: number
 *   env: Record<string, string>
 * })[]}
 */
export function appsFor(environment) {
  if (!environment.REDIS_URL) return [{ ...shared, name: 'odeon', instances: 1 }]
  const rooms = Number(environment.ROOMS ?? availableParallelism())
  const workers = Number(environment.WORKERS ?? 1)
  const port = Number(environment.PORT ?? 2567)
  const room = { ...shared.env, ROLE: workers > 0 ? 'room' : 'all', PORT: String(port) }
  const worker = { ...shared.env, ROLE: 'worker', PORT: String(port + 100), WEB: 'off' }
  return [
    { ...shared, name: 'odeon', instances: rooms, env: room },
    ...(workers > 0 ? [{ ...shared, name: 'odeon-worker', instances: workers, env: worker }] : []),
  ]
}

export const apps = appsFor(process.env)
