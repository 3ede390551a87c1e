// PM2: `pm2 start ecosystem.config.js`. Restarts the server when it dies, stops it cleanly.
// One process: rooms find each other in memory, so a second process would not know the rooms of
// the first. More of them come with the shared directory of rooms (docs/architecture.md).

export const apps = [
  {
    name: 'odeon',
    script: 'server/src/main.ts',
    interpreter: './node_modules/.bin/node',
    node_args: '--conditions=development',
    exec_mode: 'fork',
    instances: 1,
    /** Time to tell every client, store the logs and stop the database. */
    kill_timeout: 25_000,
    max_restarts: 10,
    min_uptime: 10_000,
    exp_backoff_restart_delay: 200,
    time: true,
    /** `--env production` asks for JWT_SECRET and PUBLIC_URL in the environment. */
    env_production: { NODE_ENV: 'production' },
  },
]
