import { expect, test } from 'vitest'
import { facesPerson, optionsOf, otherCamera, ownIdOf } from './device-options.ts'
import { troubleOf } from './device-trouble.ts'
import { heardForMs, Hearing, loudnessOf } from './loudness.ts'

const error = (name: string, message = '') => Object.assign(new Error(message), { name })

test('[STU-02] each way of not getting a device has a name of its own', () => {
  const rows: [error: unknown, permission: PermissionState | undefined, trouble: string][] = [
    [error('NotAllowedError'), 'denied', 'denied'],
    [error('NotAllowedError'), undefined, 'denied'],
    [error('NotAllowedError'), 'prompt', 'dismissed'],
    [error('NotAllowedError', 'Permission dismissed'), undefined, 'dismissed'],
    [error('NotAllowedError', 'Permission denied by system'), 'granted', 'system'],
    [error('NotFoundError'), 'granted', 'none'],
    [error('OverconstrainedError'), 'granted', 'none'],
    [error('NotReadableError'), 'granted', 'busy'],
    [error('TypeError'), undefined, 'failed'],
    ['no error at all', undefined, 'failed'],
  ]
  for (const [thrown, permission, trouble] of rows) {
    expect(troubleOf(thrown, permission), String(thrown)).toBe(trouble)
  }
})

const device = (kind: MediaDeviceKind, deviceId: string, label = deviceId) => ({
  kind,
  deviceId,
  label,
})

test('[STU-01] devices are listed once, under their own names, by kind', () => {
  const devices = [
    device('audioinput', 'default', 'Default - Desk'),
    device('audioinput', 'a', 'Desk'),
    device('videoinput', 'b', 'Lid'),
    device('audiooutput', 'c', 'Loudspeaker'),
  ]
  expect(optionsOf(devices, 'microphone')).toEqual([{ id: 'a', label: 'Desk' }])
  expect(optionsOf(devices, 'camera')).toEqual([{ id: 'b', label: 'Lid' }])
  expect(optionsOf([device('audioinput', 'default', '')], 'microphone')).toHaveLength(1)
  expect(optionsOf([], 'camera')).toEqual([])
})

test('[STU-01] the device that a browser calls "default" is named as the one it is', () => {
  const of = (deviceId: string, groupId: string) => {
    return { ...device('audioinput', deviceId), groupId }
  }
  const devices = [of('default', 'g2'), of('a', 'g1'), of('b', 'g2')]
  expect(ownIdOf(devices, 'microphone', 'default')).toBe('b')
  expect(ownIdOf(devices, 'microphone', 'a')).toBe('a')
  expect(ownIdOf([], 'microphone', 'default')).toBe('default')
})

test('[STU-05] turning a phone round takes the camera that looks the other way', () => {
  const phone = [
    { id: '0', label: 'camera2 0, facing back' },
    { id: '2', label: 'camera2 2, facing back' },
    { id: '1', label: 'camera2 1, facing front' },
  ]
  expect(otherCamera(phone, '1')?.id).toBe('0')
  expect(otherCamera(phone, '2')?.id).toBe('1')
  const desk = [
    { id: 'x', label: 'Lid' },
    { id: 'y', label: 'Capture card' },
  ]
  expect(otherCamera(desk, 'y')?.id).toBe('x')
  expect(otherCamera(desk.slice(0, 1), 'x')).toBeUndefined()
  expect(otherCamera([], '')).toBeUndefined()
})

test('[STU-11] a camera faces the person unless it says, or is called, otherwise', () => {
  const camera = (label: string, facingMode?: string) => ({
    label,
    getSettings: () => (facingMode ? { facingMode } : {}),
  })
  expect(facesPerson(camera('camera2 0, facing back', 'environment'))).toBe(false)
  expect(facesPerson(camera('Lid', 'environment'))).toBe(false)
  expect(facesPerson(camera('camera2 1, facing front', 'user'))).toBe(true)
  expect(facesPerson(camera('camera2 0, facing back'))).toBe(false)
  expect(facesPerson(camera('Lid'))).toBe(true)
  expect(facesPerson(undefined)).toBe(true)
})

test('[STU-03] loudness follows the ear, and only what is loud enough counts as heard', () => {
  expect(loudnessOf(0)).toBe(0)
  expect(loudnessOf(0.0001)).toBe(0)
  expect(loudnessOf(Math.SQRT1_2)).toBe(1)
  expect(loudnessOf(0.014)).toBeLessThan(loudnessOf(0.14))
  const hearing = new Hearing(1_000)
  expect(hearing.at(0.1, 1_100)).toBe('waiting')
  expect(hearing.at(0.1, 1_001 + heardForMs)).toBe('silent')
  expect(hearing.at(0.6, 7_000)).toBe('heard')
  expect(hearing.at(0, 7_000 + heardForMs)).toBe('heard')
  expect(hearing.at(0, 7_001 + heardForMs)).toBe('silent')
})
