// The manifests of LiveKit and its services, read as text: there is no cluster where tests run.
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { read } from '../.ci/tidy.rules.ts'

const root = resolve(import.meta.dirname, '..')
const textOf = (path: string) => read(root, path).text

interface Container {
  image: string
  env: { name: string; value?: string }[]
}
interface Manifest {
  kind: string
  metadata: { name: string }
  data: Record<string, string>
  spec: { template: { spec: { containers: Container[] } } }
}
interface Policy {
  kind: string
  metadata: { name: string }
  spec: {
    podSelector: { matchLabels: { app: string } }
    policyTypes: string[]
    ingress?: object[]
    egress?: {
      to: { podSelector?: { matchLabels: Record<string, string> }; ipBlock?: Block }[]
      ports?: object[]
    }[]
  }
}
interface Block {
  cidr: string
  except?: string[]
}
interface Logging {
  logging: { component_levels: Record<string, string> }
}
interface Compose {
  services: Record<string, { image: string; environment: Record<string, string> }>
}

test('[REP-11] Kubernetes runs the media that compose runs: images, ports, one Redis, no secret', () => {
  const text = textOf('docker/kubernetes/media.yaml')
  const all = parseAllDocuments(text).map((one) => one.toJS() as Manifest)
  const of = (kind: string, name: string) =>
    all.find((one) => one.kind === kind && one.metadata.name === name)!
  const { services } = parse(textOf('docker/compose.yaml')) as Compose
  for (const name of ['livekit', 'ingress', 'egress']) {
    const [container] = of('Deployment', name).spec.template.spec.containers
    expect(container?.image).toBe(services[name]?.image)
  }
  const { data } = of('ConfigMap', 'livekit')
  const live = parse(data['livekit.yaml'] ?? '') as Record<string, unknown>
  const composed = parse(textOf('docker/livekit.yaml')) as Record<string, unknown>
  for (const part of ['port', 'redis', 'room', 'webhook', 'logging'])
    expect(live[part]).toEqual(composed[part])
  for (const name of ['ingress', 'egress']) {
    const file = `${name.toUpperCase()}_CONFIG_BODY`
    const body = parse(services[name]?.environment[file] ?? '') as Record<string, unknown>
    const config = parse(data[`${name}.yaml`] ?? '') as Record<string, unknown>
    const { api_key: _key, api_secret: _secret, rtc_config: _rtc, ...shared } = body
    expect(config).toMatchObject(shared)
    expect(config['redis']).toEqual(live['redis'])
  }
  expect(text).not.toMatch(/api_secret:/)
  expect(text, 'no rights over the machine').not.toMatch(/SYS_ADMIN|privileged/)
})

test('[REP-11] in Kubernetes what strangers send or choose is opened where nothing else is reached', () => {
  const all = parseAllDocuments(textOf('docker/kubernetes/media.yaml'))
  const policies = all
    .map((one) => one.toJS() as Policy)
    .filter(({ kind }) => kind === 'NetworkPolicy')
  const of = (name: string) => policies.find(({ metadata }) => metadata.name === name)!.spec
  const home = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16']
  for (const name of ['ingress', 'egress']) {
    const { podSelector, policyTypes, egress = [] } = of(name)
    expect(podSelector.matchLabels.app).toBe(name)
    expect(policyTypes).toContain('Egress')
    for (const { to, ports } of egress) {
      const [{ podSelector: pods, ipBlock } = {}] = to
      if (ipBlock?.cidr === '0.0.0.0/0') expect(ipBlock.except).toEqual(home)
      else expect(ports, JSON.stringify(to)).toBeDefined()
      const { app = 'kube-dns' } = pods?.matchLabels ?? {}
      expect(['livekit-redis', 'kube-dns']).toContain(app)
    }
  }
  expect(of('ingress').policyTypes).toContain('Ingress')
  expect(of('livekit-redis').ingress).toEqual([
    expect.objectContaining({ ports: [{ port: 6379 }] }),
  ])
})

test('[OUT-08] LiveKit as it is shipped writes no keys of other sites into its log', () => {
  const { logging } = parse(textOf('docker/livekit.yaml')) as Logging
  // Seen: what it is asked, and what was not answered, stand there with addresses and keys.
  expect(logging.component_levels).toEqual({ api: 'warn', psrpc: 'error' })
})
