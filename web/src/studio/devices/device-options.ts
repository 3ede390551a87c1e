/** The cameras or microphones one may choose from, and which is meant. */
export type DeviceKind = 'camera' | 'microphone'

export interface DeviceOption {
  id: string
  /** Empty until the browser was given leave to tell. */
  label: string
}

const kindOf = { camera: 'videoinput', microphone: 'audioinput' } as const

/** Browsers list some twice, as "default" and under their own name: those under their own. */
const aliases: ReadonlySet<string> = new Set(['default', 'communications'])

export function optionsOf(
  devices: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
  kind: DeviceKind,
): DeviceOption[] {
  const all = devices.filter((device) => device.kind === kindOf[kind])
  const named = all.filter(({ deviceId }) => !aliases.has(deviceId))
  return (named.length > 0 ? named : all).map(({ deviceId: id, label }) => ({ id, label }))
}

const facings = [
  ['front', /\b(front|user|face|selfie)/i],
  ['back', /\b(back|rear|environment|world)/i],
] as const

function facingOf({ label }: Pick<DeviceOption, 'label'>): 'front' | 'back' | undefined {
  return facings.find(([, words]) => words.test(label))?.[0]
}

/** Whether it looks at whoever holds it: by what it says, else by its name; others do. */
export function facesPerson(
  camera: Pick<MediaStreamTrack, 'label' | 'getSettings'> | undefined,
): boolean {
  if (!camera) return true
  const { facingMode } = camera.getSettings()
  return facingMode ? facingMode !== 'environment' : facingOf(camera) !== 'back'
}

/** The camera that looks the other way, else the next one; undefined when there is no other. */
export function otherCamera(
  options: readonly DeviceOption[],
  currentId: string,
): DeviceOption | undefined {
  const at = options.findIndex(({ id }) => id === currentId)
  const current = options[at]
  const facing = current && facingOf(current)
  const turned = options.find((option) => {
    const its = facingOf(option)
    return facing !== undefined && its !== undefined && its !== facing
  })
  if (turned) return turned
  const next = options[(at + 1) % Math.max(1, options.length)]
  return next?.id === currentId ? undefined : next
}

type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId'>

/** Which of the options it is that the browser calls "default". */
export function ownIdOf(devices: readonly Listed[], kind: DeviceKind, deviceId: string): string {
  if (!aliases.has(deviceId)) return deviceId
  const all = devices.filter((device) => device.kind === kindOf[kind])
  const alias = all.find((device) => device.deviceId === deviceId)
  const named = all.filter((device) => !aliases.has(device.deviceId))
  const same = named.find(({ groupId }) => groupId === alias?.groupId) ?? named[0]
  return same?.deviceId ?? deviceId
}
