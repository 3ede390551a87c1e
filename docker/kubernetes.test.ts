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
  for (const part of ['port', 'redis', 'room', 'webhook'])
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
