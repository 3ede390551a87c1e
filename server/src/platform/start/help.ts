/** What `npm start -- --help` says. */

const settings: [name: string, means: string][] = [
  ['PORT, HOST', 'where it listens; 2567, on all addresses'],
  ['DATA_DIR', 'folder for what Odeon keeps itself; .odeon'],
  ['DATABASE_URL', 'a PostgreSQL of yours; one of its own in DATA_DIR when not set'],
  ['REDIS_URL', 'makes several processes one house'],
  ['PUBLIC_URL', 'the address people use, https://odeon.example'],
  ['TRUSTED_PROXIES', 'addresses whose forwarded headers are believed'],
  ['NODE_ENV', 'production wants JWT_SECRET and PUBLIC_URL, and no demo'],
  ['JWT_SECRET', 'at least 32 bytes that sign tokens; made once when not set'],
  ['DEMO', 'on, off, or renew for new demo passwords'],
  ['WEB', 'off leaves the web app out'],
  ['LOG_LEVEL', 'debug, info, warn, error or silent'],
  ['RATE_LIMIT_FACTOR', 'multiplies every limit on requests; 1'],
]

export const wantsHelp = (words: readonly string[]): boolean =>
  words.some((word) => word === '--help' || word === '-h')

export function startHelp(): string {
  const rows = settings.map(([name, means]) => `    ${name.padEnd(19)}${means}`)
  const lines = [
    '',
    '  npm start                opens Odeon: rooms, API and web app; nothing needs to be set',
    '  PORT=8080 npm start      the same with a setting; settings are environment variables',
    '',
    '  Those that most people need:',
    ...rows,
    '',
    '  All of them, and how to run it behind a proxy or on several machines: docs/operating.md',
    '  Deletes what is in DATA_DIR: npm run reset',
    '',
  ]
  return `${lines.join('\n')}\n`
}
