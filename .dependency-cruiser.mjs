// The import arrows of docs/architecture.md as rules. checks.test.ts proves that each one bites.
const test = '[.]test[.]tsx?$|/testing(/|[.]ts$)|^web/test/'
const colyseus = 'node_modules/@colyseus/'

/** `from` may import of our own code only what `to` names. */
const only = (name, comment, from, to, dependencyTypesNot) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [test, ...(from.pathNot ?? [])] },
  to: { path: '^(rooms|client-sdk|server|web|loadtest)/', pathNot: to, dependencyTypesNot },
})

const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [test, ...(from.pathNot ?? [])] },
  to,
})

export default {
  forbidden: [
    only(
      'web-uses-the-sdk',
      'The app knows the SDK and the wire like any program; its build drops the same shapes.',
      { path: '^web/' },
      '^web/|^client-sdk/(src/(index|react)|without-shapes)[.]ts$|^rooms/src/protocol[.]ts$',
    ),
    only(
      'loadtest-uses-the-sdk',
      'The load tester is a client: SDK and wire. It starts servers as processes.',
      { path: '^loadtest/', pathNot: ['^loadtest/src/odeon/'] },
      '^loadtest/|^client-sdk/src/index[.]ts$|^rooms/src/protocol[.]ts$',
    ),
    only(
      'bench-hosts-rooms-by-the-door',
      'A process a benchmark starts may host rooms as the package exports them, and the server.',
      { path: '^loadtest/src/odeon/' },
      [
        '^loadtest/|^rooms/src/(index|ports|protocol)[.]ts$',
        '^server/src/(books-alone|ledger-alone|seats-alone)[.]ts$',
        '^server/src/(journal/redis-journal|platform/redis)[.]ts$',
      ].join('|'),
    ),
    only(
      'sdk-knows-the-wire-only',
      'The SDK sees @odeon/rooms/protocol and nothing behind it.',
      { path: '^client-sdk/' },
      '^client-sdk/|^rooms/src/protocol[.]ts$',
    ),
    only('rooms-stand-alone', 'Rooms know nobody outside.', { path: '^rooms/' }, '^rooms/'),
    only(
      'server-enters-rooms-by-the-door',
      'The server uses what the package exports: index, ports, protocol.',
      { path: '^server/' },
      '^server/|^rooms/src/(index|ports|protocol)[.]ts$',
    ),
    only(
      'kit-knows-no-capability',
      'The kit is what every room is made of; it may know the ports and no capability.',
      { path: '^rooms/src/kit/' },
      '^rooms/src/kit/|^rooms/src/ports[.]ts$',
    ),
    only(
      'protocol-is-shapes-only',
      'A protocol.ts imports zod and other protocol.ts files. It runs in browsers.',
      { path: '^rooms/src/.+/protocol[.]ts$' },
      '^rooms/src/.+/protocol[.]ts$',
    ),
    only(
      'wire-entry-holds-no-state',
      'rooms/src/protocol.ts re-exports protocols, and types of state.',
      { path: '^rooms/src/protocol[.]ts$' },
      '^rooms/src/[^/]+/protocol[.]ts$',
      ['type-only'],
    ),
    only(
      'wire-entry-holds-types-of-state-only',
      'Of the rest of rooms, rooms/src/protocol.ts sees types from state.ts files.',
      { path: '^rooms/src/protocol[.]ts$' },
      '^rooms/src/[^/]+/(protocol|state)[.]ts$',
    ),
    never(
      'protocol-needs-zod-only',
      'The only package a protocol.ts imports is zod.',
      { path: '^rooms/src/.*protocol[.]ts$' },
      { pathNot: ['node_modules/zod/', '^rooms/src/'] },
    ),
    never(
      'actions-see-members-not-sockets',
      'Only the kit, room classes and state.ts may know Colyseus.',
      {
        path: '^rooms/src/[^/]+/',
        pathNot: ['^rooms/src/kit/', '/state[.]ts$', '-room[.]ts$'],
      },
      { path: `${colyseus}(?!schema/)` },
    ),
    never(
      'actions-make-no-schemas',
      'Only state.ts, the kit and room classes build with @colyseus/schema; types of it are free.',
      {
        path: '^rooms/src/[^/]+/',
        pathNot: ['^rooms/src/kit/', '/state[.]ts$', '-room[.]ts$'],
      },
      { path: `${colyseus}schema/`, dependencyTypesNot: ['type-only'] },
    ),
    never(
      'state-is-schema-only',
      'A state.ts knows @colyseus/schema and nothing else of Colyseus.',
      { path: '^rooms/src/[^/]+/state[.]ts$' },
      { path: `${colyseus}(?!schema/)` },
    ),
    never(
      'rooms-do-no-io',
      'Rooms reach files, network and databases through ports.',
      { path: '^rooms/src/' },
      {
        path: '^(node:)?(fs|net|http|https|dgram|child_process|worker_threads)(/|$)|/(pg|express)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'browsers-have-no-node',
      'The SDK and the app run in browsers: no Node built-ins.',
      { path: '^(client-sdk|web)/src/' },
      { dependencyTypes: ['core'] },
    ),
    never(
      'compose-builds',
      'Only compose.ts, with capabilities.ts, builds the application; thin shells start it.',
      { path: '^server/', pathNot: ['^server/src/(main|worker|compose|seats-alone)[.]ts$'] },
      { path: '^server/src/(compose|capabilities)[.]ts$' },
    ),
    never(
      'adapters-are-handed-in',
      'A capability is given its database, clock and neighbours; it builds none of them.',
      {
        path: '^server/src/[^/]+/',
        pathNot: ['^server/src/platform/'],
      },
      {
        path: '^server/src/platform/(database|realtime|api|web-app|world|embedded-postgres)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'tests-stay-tests',
      'Nothing that runs in production imports a test or its tools.',
      {},
      { path: '[.]test[.]tsx?$|^[^/]+/src/.*testing(/|[.]ts$)' },
    ),
    never(
      'no-cycles',
      'Two files that need each other are one idea: join or split them.',
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    never(
      'no-dead-ends',
      'This import leads nowhere.',
      {},
      {
        couldNotResolve: true,
        pathNot: '^virtual:',
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|^loadtest/(build|peers)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
}
