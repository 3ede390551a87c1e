import { expect, test } from 'vitest'
import { nextStep, troubleOf, type VoiceFacts } from './own-voice.ts'

const speaking: VoiceFacts = {
  isHere: true,
  isMuted: false,
  isSilenced: false,
  isGranted: true,
  isSent: true,
  isSentMuted: false,
}

test.each<[Partial<VoiceFacts>, ReturnType<typeof nextStep>]>([
  [{}, undefined],
  [{ isSent: false }, 'publish'],
  [{ isSent: false, isGranted: false }, undefined],
  [{ isSent: false, isMuted: true }, undefined],
  [{ isMuted: true }, 'mute'],
  [{ isSentMuted: true }, 'unmute'],
  [{ isMuted: true, isSentMuted: true }, undefined],
  [{ isSilenced: true, isGranted: false }, 'mute'],
  [{ isSentMuted: true, isGranted: false }, undefined],
  [{ isHere: false }, 'unpublish'],
  [{ isHere: false, isGranted: false }, 'unpublish'],
  [{ isHere: false, isSent: false }, undefined],
])('[VOI-05] a microphone that differs by %o is told to %s', (differs, step) => {
  expect(nextStep({ ...speaking, ...differs })).toBe(step)
})

test('[VOI-05] why there is no microphone is told apart', () => {
  expect(troubleOf(Object.assign(new Error('no'), { name: 'NotAllowedError' }))).toBe('denied')
  expect(troubleOf(Object.assign(new Error('no'), { code: 'no_device' }))).toBe('missing')
  expect(troubleOf(Object.assign(new Error('no'), { name: 'NotReadableError' }))).toBe('failed')
  expect(troubleOf(undefined)).toBe('failed')
})
