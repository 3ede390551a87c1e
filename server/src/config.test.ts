import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, WrongSettings } from './config.ts'

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems
    throw error
  }
}

describe('[RUN-01] nothing needs to be set', () => {
  test('[MAI-01] a key for mail wants a sender, and is never repeated', () => {
    const key = { RESEND_API_KEY: 're_12345678' }
    expect(readConfig({}).resend).toBeUndefined()
    expect(() => readConfig(key)).toThrow('MAIL_FROM')
    expect(() => readConfig({ ...key, MAIL_FROM: 'nobody' })).toThrow('a sender such as')
    expect(() => readConfig({ RESEND_API_KEY: 'a b', MAIL_FROM: 'a@b.c' })).not.toThrow('a b')
    expect(readConfig({ ...key, MAIL_FROM: 'Odeon <o@odeon.example>' }).resend).toEqual({
      apiKey: 're_12345678',
      from: 'Odeon <o@odeon.example>',
      url: undefined,
    })
  })

  test('a bare machine gets an embedded database, demo data and the usual port', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: undefined,
      port: 2567,
      dataDir: resolve(import.meta.dirname, '../../.odeon'),
      databaseUrl: undefined,
      redisUrl: undefined,
      role: 'all',
      instance: 0,
      publicAddress: undefined,
      jwtSecret: undefined,
      publicUrl: undefined,
      allowedOrigins: [],
      trustedProxies: [],
      adminEmails: [],
      metricsToken: undefined,
      demo: 'on',
      web: true,
      logLevel: 'warn',
      rateLimitFactor: 1,
      reviewerLoopback: false,
      relayFromViewers: 1_000,
      compresses: true,
      recordings: { keptDays: 60, s3: undefined },
      media: 'own',
      encoders: {},
      outputs: undefined,
      creatorShareBps: 7_000,
      films: { keptDays: 60, folder: undefined, publicEndpoint: undefined },
      secretsKeys: [],
      payments: { stripe: undefined, esewa: undefined, khalti: undefined, sandbox: true },
      mongoUrl: undefined,
    })
  })

  test('[FRM-14] compression can be left out', () => {
    expect(readConfig({ COMPRESSION: 'off' }).compresses).toBe(false)
  })

  test('an empty value counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '  ', JWT_SECRET: '' })).toEqual(readConfig({}))
  })

  test("somebody's own database gets no made-up people unless they ask", () => {
    const DATABASE_URL = 'postgres://ada:pw@db.example:5432/odeon'
    expect(readConfig({ DATABASE_URL }).demo).toBe('off')
    expect(readConfig({ DATABASE_URL, DEMO: 'on' }).demo).toBe('on')
  })

  test('lists are split at commas and spaces, a folder is taken from where one stands', () => {
    const config = readConfig({
      ALLOWED_ORIGINS: 'https://a.example/, https://b.example:8443',
      TRUSTED_PROXIES: '10.0.0.0/8 ::1',
      DATA_DIR: 'somewhere',
      PUBLIC_URL: 'https://odeon.example/',
    })
    expect(config.allowedOrigins).toEqual(['https://a.example', 'https://b.example:8443'])
    expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
    expect(config.dataDir).toBe(join(process.cwd(), 'somewhere'))
    expect(config.publicUrl).toBe('https://odeon.example')
  })

  test('[LED-05] the share of creators is said in parts of 10,000', () => {
    expect(readConfig({ CREATOR_SHARE_BPS: '8500' }).creatorShareBps).toBe(8_500)
    for (const wrong of ['10001', '0.7', '-1', '70%']) {
      const [problem] = problemsOf({ CREATOR_SHARE_BPS: wrong })
      expect(problem).toContain('CREATOR_SHARE_BPS: expected a whole number from 0 to 10000')
    }
  })

  test('[JOB-07] a MongoDB is one or several hosts with a database, and never repeated', () => {
    for (const good of ['mongodb://localhost/odeon', 'mongodb+srv://ada:pw@db.example/odeon?w=1']) {
      expect(readConfig({ MONGODB_URL: good }).mongoUrl).toBe(good)
    }
    const several = 'mongodb://ada:pw@one.example:27017,two.example:27018/odeon?replicaSet=rs'
    expect(readConfig({ MONGODB_URL: several }).mongoUrl).toBe(several)
    for (const wrong of ['mongodb://ada:hidden@localhost', 'http://hidden/odeon']) {
      const problems = problemsOf({ MONGODB_URL: wrong })
      expect(problems).toEqual([
        expect.stringContaining('MONGODB_URL: expected an address such as'),
      ])
      expect(problems[0]).not.toContain('hidden')
    }
  })
})

describe('[CLU-02] each process of several knows its port, its address and its part', () => {
  const REDIS_URL = 'redis://:pw@redis.example:6379/0'
  const DATABASE_URL = 'postgres://ada:pw@db.example:5432/odeon'
  const house = { REDIS_URL, DATABASE_URL }

  test('the number of a process, by PM2 or by hand, moves its port', () => {
    expect(readConfig({ ...house, NODE_APP_INSTANCE: '2' })).toMatchObject({
      port: 2569,
      instance: 2,
      publicAddress: 'localhost:2569',
      demo: 'off',
    })
    const config = readConfig({ ...house, INSTANCE: '1', NODE_APP_INSTANCE: '2', PORT: '3000' })
    expect(config).toMatchObject({ port: 3001, publicAddress: 'localhost:3001' })
  })

  test.each([
    ['odeon.example/p/{port}', 'odeon.example/p/2570'],
    ['room-{instance}.odeon.example', 'room-3.odeon.example'],
    ['10.0.0.7:{port}', '10.0.0.7:2570'],
    ['[2001:db8::1]:{port}', '[2001:db8::1]:2570'],
  ])('PUBLIC_ADDRESS %s', (PUBLIC_ADDRESS, expected) => {
    const config = readConfig({ ...house, INSTANCE: '3', PUBLIC_ADDRESS })
    expect(config.publicAddress).toBe(expected)
  })

  test.each([
    [{ ROLE: 'worker' }, 'REDIS_URL: expected with ROLE=worker, shared by all processes'],
    [{ REDIS_URL, ROLE: 'room' }, 'DATABASE_URL: expected with REDIS_URL and ROLE=room, the same'],
    [{ REDIS_URL, INSTANCE: '1' }, 'DATABASE_URL: expected with REDIS_URL and INSTANCE=1, the'],
    [{ REDIS_URL, PORT: '0' }, 'PORT: expected one that is not 0 with REDIS_URL'],
    [{ REDIS_URL: 'http://x' }, /^REDIS_URL: expected an address such as redis:\S+$/],
    [{ REDIS_URL, PUBLIC_ADDRESS: 'wss://x/' }, /^PUBLIC_ADDRESS: expected a host .*, got "wss/],
    [{ ...house, INSTANCE: '1.5' }, /^INSTANCE: expected a whole number/],
    [{ ROLE: 'both' }, /^ROLE: expected one of all, room, worker/],
  ])('%j is refused', (settings, expected) => {
    expect(problemsOf(settings as Record<string, string>)).toEqual([
      expect.stringMatching(expected),
    ])
  })

  test('in production it must be said', () => {
    const production = {
      NODE_ENV: 'production',
      JWT_SECRET: 'x'.repeat(48),
      PUBLIC_URL: 'https://odeon.example',
      ...house,
    }
    expect(problemsOf(production)).toEqual([expect.stringMatching(/^PUBLIC_ADDRESS: expected/)])
    expect(problemsOf({ ...production, ROLE: 'worker' })).toEqual([])
  })
})

describe('[RUN-02] a wrong setting is refused by name, with what was expected', () => {
  test.each([
    ['PORT', 'abc', 'PORT: expected a whole number from 0 to 65535, got "abc"'],
    ['PORT', '70000', 'PORT: expected a whole number from 0 to 65535, got "70000"'],
    ['PORT', '25.5', 'PORT: expected a whole number from 0 to 65535, got "25.5"'],
    ['HOST', 'not a host', 'HOST: expected an address of this machine, such as 127.0.0.1'],
    ['NODE_ENV', 'prod', 'NODE_ENV: expected one of development, production, test, got "prod"'],
    ['DEMO', 'yes', 'DEMO: expected one of on, off, renew, got "yes"'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: expected one of debug, info, warn, error, silent'],
    ['WEB', '1', 'WEB: expected one of on, off, got "1"'],
    ['PUBLIC_URL', 'https://a.example/app', 'PUBLIC_URL: expected an address without a path'],
    ['ALLOWED_ORIGINS', '*', 'ALLOWED_ORIGINS: expected a list of origins'],
    ['TRUSTED_PROXIES', '10.0.0.0/99', 'TRUSTED_PROXIES: expected a list of IP addresses'],
    ['ADMIN_EMAILS', 'ada', 'ADMIN_EMAILS: expected a list of email addresses'],
    ['RATE_LIMIT_FACTOR', '-1', 'RATE_LIMIT_FACTOR: expected a number from 0.01'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN: expected at least 16 characters'],
    ['DATABASE_URL', 'mysql://x/y', 'DATABASE_URL: expected an address such as postgres://'],
    ['DATABASE_URL', 'postgres://host', 'DATABASE_URL: expected an address such as postgres://'],
    ['JWT_SECRET', 'too short', 'JWT_SECRET: expected at least 32 bytes'],
  ])('%s=%s', (name, value, said) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(said)
  })

  test('all wrong ones are named at once', () => {
    const problems = problemsOf({ PORT: 'x', DEMO: 'maybe', LOG_LEVEL: 'info' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'DEMO'])
  })

  test('what lacks beside a wrong one is named in the same go, and a wrong one once', () => {
    const problems = problemsOf({
      NODE_ENV: 'production',
      PORT: 'x',
      JWT_SECRET: 'short',
      RESEND_API_KEY: 'a b',
      S3_ENDPOINT: 'nowhere',
      REDIS_URL: 'http://x',
      ROLE: 'worker',
    })
    const wrong = ['PORT', 'JWT_SECRET', 'RESEND_API_KEY', 'S3_ENDPOINT', 'REDIS_URL']
    const lacking = ['PUBLIC_URL', 'MAIL_FROM', 'DATABASE_URL', 'S3_BUCKET', 'S3_ACCESS_KEY_ID']
    const names = problems.map((problem) => problem.split(':')[0])
    expect(names).toHaveLength(new Set(names).size)
    expect(new Set(names)).toEqual(new Set([...wrong, ...lacking, 'S3_SECRET_ACCESS_KEY']))
  })

  test.each(['DATABASE_URL', 'JWT_SECRET', 'METRICS_TOKEN'])('%s is never repeated', (name) => {
    expect(problemsOf({ [name]: 'hunter2' })[0]).not.toContain('hunter2')
  })
})

test('[RVW-03] in production no reviewer may live on this machine', () => {
  const problems = problemsOf({ NODE_ENV: 'production', REVIEWER_LOOPBACK: 'on' })
  expect(problems.join()).toContain('REVIEWER_LOOPBACK: expected off in production')
  expect(readConfig({ REVIEWER_LOOPBACK: 'on' }).reviewerLoopback).toBe(true)
})

describe('[RUN-03] production starts with its own secret and address, and without demo people', () => {
  const NODE_ENV = 'production'
  const JWT_SECRET = 'x'.repeat(32)
  const PUBLIC_URL = 'https://odeon.example'

  test('both are asked for by name', () => {
    const names = problemsOf({ NODE_ENV }).map((problem) => problem.split(':')[0])
    expect(names).toEqual(['JWT_SECRET', 'PUBLIC_URL'])
    expect(problemsOf({ NODE_ENV, JWT_SECRET, PUBLIC_URL })).toEqual([])
  })

  test('the demo is off and cannot be turned on', () => {
    expect(readConfig({ NODE_ENV, JWT_SECRET, PUBLIC_URL }).demo).toBe('off')
    const [problem] = problemsOf({ NODE_ENV, JWT_SECRET, PUBLIC_URL, DEMO: 'on' })
    expect(problem).toMatch(/^DEMO: expected off in production/)
  })
})
