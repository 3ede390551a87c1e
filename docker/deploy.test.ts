// What deploys Odeon, read as text: there is no container engine where the tests run.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { apps, appsFor } from '../ecosystem.config.js'
import { readConfig } from '../server/src/config.ts'
import { read } from '../.ci/tidy.rules.ts'

const root = resolve(import.meta.dirname, '..')
const textOf = (path: string) => read(root, path).text
const manifest = JSON.parse(textOf('package.json')) as {
  workspaces: string[]
  scripts: Record<string, string>
  devDependencies: Record<string, string>
}

test('[REP-11] the image has the Node, the workspaces and the commands of the repository', () => {
  const dockerfile = textOf('docker/Dockerfile')
  expect(dockerfile).toContain(`FROM node:${manifest.devDependencies['node']}-`)
  expect(textOf('.nvmrc').trim()).toBe(manifest.devDependencies['node'])
  for (const workspace of manifest.workspaces) {
    expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/\n`)
  }
  for (const [, script = ''] of dockerfile.matchAll(/npm run (\S+)/g)) {
    expect(manifest.scripts).toHaveProperty(script)
  }
  expect(dockerfile, 'the server does not run as root').toMatch(/^USER node$/m)
  const command = /^CMD (\[.*\])\s*$/m.exec(dockerfile.split('HEALTHCHECK')[1] ?? '')?.[1]
  const words = JSON.parse(command ?? '[]') as string[]
  expect(words.join(' ')).toBe(manifest.scripts['start'])
  for (const [, path = ''] of dockerfile.matchAll(/^COPY (?!\.)(\S+) /gm)) {
    expect(existsSync(join(root, path)), path).toBe(true)
  }
})

interface Service {
  environment: Record<string, string>
  ports?: string[]
  volumes?: string[]
  profiles?: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
  build?: { context: string; dockerfile: string }
  image?: string
  cap_add?: string[]
  privileged?: boolean
  networks?: string[] | Record<string, unknown>
  network_mode?: string
}
interface Compose {
  services: Record<string, Service> & Record<'odeon' | 'postgres' | 'livekit', Service>
  volumes: Record<string, null>
}

test('[REP-11] compose gives the server its own PostgreSQL and waits for it', () => {
  const { services, volumes } = parseYaml(textOf('docker/compose.yaml')) as Compose
  const { odeon, postgres } = services
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres.environment
  expect(odeon.environment['DATABASE_URL']).toBe(
    `postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}`,
  )
  expect(odeon.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
  expect(postgres.healthcheck?.test).toContain('pg_isready')
  expect(postgres.ports, 'the database is not published').toBeUndefined()
  expect(existsSync(join(root, 'docker', odeon.build?.context ?? '', 'package.json'))).toBe(true)
  expect(existsSync(join(root, odeon.build?.dockerfile ?? ''))).toBe(true)
  const mounts = Object.values(services)
    .flatMap((service) => service.volumes ?? [])
    .map((mount) => mount.replace('${FILMS_FOLDER:-films}', 'films').split(':')[0] ?? '')
    .filter((name) => !name.startsWith('.'))
  expect(new Set(mounts)).toEqual(new Set(Object.keys(volumes)))
})

/** What `docker compose` makes of `${NAME:-default}`; what it demands is long enough. */
function substituted(wanted: Record<string, string>, given: Record<string, string>) {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+):[-?]([^}]*)\}/g, (_all, name: string, byDefault: string) => {
      return given[name] ?? byDefault
    })
  return Object.fromEntries(Object.entries(wanted).map(([name, text]) => [name, fill(text)]))
}

test('[REP-11] the settings of the image and compose are right, to look around and for people', () => {
  const { services } = parseYaml(textOf('docker/compose.yaml')) as Compose
  const [, fixed = ''] = /^ENV (.*)$/m.exec(textOf('docker/Dockerfile')) ?? []
  const image = Object.fromEntries(fixed.split(' ').map((pair) => pair.split('=')))
  const look = readConfig({ ...image, ...substituted(services.odeon.environment, {}) })
  expect(look).toMatchObject({ production: false, demo: 'on', host: '0.0.0.0' })
  const given = {
    NODE_ENV: 'production',
    DEMO: 'off',
    PUBLIC_URL: 'https://odeon.example',
    JWT_SECRET: 'x'.repeat(48),
    POSTGRES_PASSWORD: 'other',
    LIVEKIT_API_SECRET: 'y'.repeat(48),
    LIVEKIT_PUBLIC_URL: 'wss://livekit.odeon.example',
  }
  const people = readConfig({ ...image, ...substituted(services.odeon.environment, given) })
  expect(people).toMatchObject({ production: true, demo: 'off', publicUrl: given.PUBLIC_URL })
  expect(people.databaseUrl).toBe('postgres://odeon:other@postgres:5432/odeon')
})

/** What a container has from its image, its place among others, or its own LiveKit. */
const settledInContainers = [
  'HOST',
  'PORT',
  'DATA_DIR',
  'INSTANCE',
  'ROLE',
  'REDIS_URL',
  'PUBLIC_ADDRESS',
  'EGRESS_FOLDER',
  'LIVEKIT_METRICS_URL',
  'LIVEKIT_SERVER_PATH',
  'LIVEKIT_CACHE_DIR',
  'REVIEWER_LOOPBACK',
]

test.each(['docker/compose.yaml', 'docker/compose-several.yaml'])(
  '[REP-11] %s hands on every setting there is',
  (path) => {
    const { services } = parseYaml(textOf(path), { merge: true }) as Compose
    const { environment } = services.odeon ?? services['room-0']!
    const rows = textOf('docs/operating.md').matchAll(/^\| (`[A-Z].*?) \|/gm)
    const named = [...rows].flatMap(([, cell = '']) => cell.match(/[A-Z][A-Z0-9_]+/g) ?? [])
    expect(named).toContain('STRIPE_SECRET_KEY')
    const wanted = named.filter((name) => !settledInContainers.includes(name))
    expect(wanted.filter((name) => !(name in environment))).toEqual([])
  },
)

interface LiveKitFile {
  port: number
  redis: { address: string }
  rtc: { port_range_start: number; port_range_end: number; tcp_port: number }
  webhook: { api_key: string; urls: string[] }
  prometheus: { port: number }
}

test('[REP-11] compose has the LiveKit that is built elsewhere, its ports and its key', () => {
  const { services } = parseYaml(textOf('docker/compose.yaml')) as Compose
  const { livekit, odeon } = services
  const [, version] = /livekit-server (v\S+)/.exec(textOf('docker/livekit/go.mod')) ?? []
  expect(livekit.image).toBe(`livekit/livekit-server:${version}`)
  const { port, rtc, webhook, prometheus } = parseYaml(textOf('docker/livekit.yaml')) as LiveKitFile
  const range = `${rtc.port_range_start}-${rtc.port_range_end}`
  expect(livekit.ports).toEqual([
    `${port}:${port}`,
    `${rtc.tcp_port}:${rtc.tcp_port}`,
    `${range}:${range}/udp`,
  ])
  const look = readConfig(substituted(odeon.environment, {})).media
  expect(look).toMatchObject({ url: `http://livekit:${port}`, publicUrl: 'ws://localhost:7880' })
  expect(look).toMatchObject({ metricsUrl: `http://livekit:${prometheus.port}/metrics` })
  const { LIVEKIT_KEYS: keys } = substituted(livekit.environment, {})
  expect(look).toMatchObject({ apiKey: webhook.api_key })
  expect(keys).toBe(typeof look === 'object' ? `${look.apiKey}: ${look.apiSecret}` : '')
  expect(webhook.urls).toEqual(['http://odeon:2567/v1/media/webhook'])
})

interface ServiceConfig {
  api_key: string
  api_secret: string
  ws_url: string
  redis: { address: string }
  rtmp_port?: number
  whip_port?: number
}

test.each(['docker/compose.yaml', 'docker/compose-several.yaml'])(
  '[REP-11] %s can have the services for encoders and outputs, with the key and Redis of LiveKit',
  (path) => {
    const { services } = parseYaml(textOf(path), { merge: true }) as Compose
    const { redis, port } = parseYaml(textOf('docker/livekit.yaml')) as LiveKitFile
    const odeon = services.odeon ?? services['room-0']!
    const given = {
      LIVEKIT_EGRESS: 'on',
      LIVEKIT_RTMP_URL: 'rtmp://localhost:1935/live',
      LIVEKIT_WHIP_URL: 'http://localhost:8085/w',
      JWT_SECRET: 'x'.repeat(48),
    }
    const off = readConfig(substituted(odeon.environment, { JWT_SECRET: given.JWT_SECRET }))
    expect([off.outputs, off.encoders]).toEqual([undefined, {}])
    const on = readConfig(substituted(odeon.environment, given))
    expect(on.outputs).toMatchObject({ folder: '/out' })
    const ports = Object.entries({ rtmp: 'rtmp_port', whip: 'whip_port' } as const)
    for (const name of ['ingress', 'egress']) {
      const { environment, profiles, cap_add: rights, privileged } = services[name]!
      expect(profiles).toEqual(['broadcast'])
      expect([rights, privileged], 'no rights over the machine').toEqual([undefined, undefined])
      const body = substituted(environment, {})[`${name.toUpperCase()}_CONFIG_BODY`]
      const config = parseYaml(body ?? '') as ServiceConfig
      const { api_key: apiKey, api_secret: apiSecret, ws_url: url } = config
      expect(on.media).toMatchObject({ apiKey, apiSecret, url: url.replace('ws', 'http') })
      expect(url).toBe(`ws://livekit:${port}`)
      expect(config.redis).toEqual(redis)
      if (name === 'egress') continue
      for (const [protocol, key] of ports) {
        const { port: told } = new URL(on.encoders[protocol as 'rtmp'] ?? '')
        expect(told).toBe(String(config[key]))
        expect(services['ingress']?.ports).toContain(`${told}:${told}`)
      }
    }
  },
)

test.each(['docker/compose.yaml', 'docker/compose-several.yaml'])(
  '[REP-11] in %s what opens what strangers send or choose reaches LiveKit and its Redis alone',
  (path) => {
    const { services } = parseYaml(textOf(path), { merge: true }) as Compose
    const networksOf = ({ networks = ['default'] }: Service) =>
      Array.isArray(networks) ? networks : Object.keys(networks)
    const seenBy = (name: string) => {
      const own = networksOf(services[name]!)
      const others = Object.entries(services).filter(
        ([, service]) =>
          service.network_mode !== 'none' && networksOf(service).some((one) => own.includes(one)),
      )
      return others.map(([other]) => other).filter((other) => other !== name)
    }
    for (const name of ['ingress', 'egress']) {
      const other = name === 'ingress' ? 'egress' : 'ingress'
      expect(seenBy(name).toSorted()).toEqual([other, 'livekit', 'livekit-redis'])
    }
    expect(seenBy('livekit')).not.toContain('postgres')
    for (const name of Object.keys(services).filter((one) => /^(odeon|room|worker)/.test(one))) {
      expect(seenBy(name)).toEqual(expect.arrayContaining(['livekit', 'postgres']))
    }
  },
)

test('[REP-11] the process manager starts what `npm start` starts: alone once, with Redis many', () => {
  const alone = appsFor({})
  expect(alone.map(({ instances }) => instances)).toEqual([1])
  const several = appsFor({ REDIS_URL: 'redis://localhost', ROOMS: '3', WORKERS: '2' })
  expect(several.map(({ name, instances }) => [name, instances])).toEqual([
    ['odeon', 3],
    ['odeon-worker', 2],
  ])
  for (const { interpreter, node_args, script, kill_timeout } of [...alone, ...several, ...apps]) {
    expect(existsSync(join(root, interpreter))).toBe(true)
    expect(manifest.scripts['start']).toContain(`node ${node_args} ${script}`)
    expect(kill_timeout).toBeGreaterThan(20_000)
  }
  const places = several.flatMap(({ env, instances }) =>
    Array.from({ length: instances }, (_, number) =>
      readConfig({
        REDIS_URL: 'redis://localhost',
        DATABASE_URL: 'postgres://localhost/odeon',
        ...env,
        NODE_APP_INSTANCE: String(number),
      }),
    ),
  )
  expect(places.map(({ role, port }) => [role, port])).toEqual([
    ['room', 2567],
    ['room', 2568],
    ['room', 2569],
    ['worker', 2667],
    ['worker', 2668],
  ])
  const [only] = appsFor({ REDIS_URL: 'redis://localhost', ROOMS: '1', WORKERS: '0' })
  expect(only).toMatchObject({ name: 'odeon', env: { ROLE: 'all' } })
})

interface Several {
  services: Record<string, Service>
}

test('[REP-11] in containers each process is named where nginx looks for it, and nothing else is published', () => {
  const text = textOf('docker/compose-several.yaml')
  const { services } = parseYaml(text, { merge: true }) as Several
  const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined)
  expect(published.map(([name]) => name).toSorted()).toEqual(['ingress', 'livekit', 'nginx'])
  const nginx = textOf('docker/nginx.conf')
  const given = {
    NODE_ENV: 'production',
    DEMO: 'off',
    PUBLIC_URL: 'https://odeon.example',
    PUBLIC_HOST: 'odeon.example',
    JWT_SECRET: 'x'.repeat(48),
    LIVEKIT_API_SECRET: 'y'.repeat(48),
  }
  for (const name of ['room-0', 'room-1', 'worker']) {
    const { environment, healthcheck } = services[name]!
    expect(healthcheck?.test.join(' ')).toContain('/ready')
    const look = readConfig(substituted(environment, {}))
    expect(look).toMatchObject({ redisUrl: 'redis://redis:6379/0', production: false })
    const { port, publicAddress, role } = readConfig(substituted(environment, given))
    expect(role).toBe(name === 'worker' ? 'worker' : 'room')
    if (role === 'worker') continue
    expect(publicAddress).toBe(`odeon.example/p/${port}`)
    expect(nginx).toContain(`upstream room-${port} { server ${name}:${port}; }`)
    expect(nginx).toMatch(new RegExp(`^ +server ${name}:${port} `, 'm'))
  }
  expect(text, 'made-up people come once').toContain('INSTANCE: "1"')
})
