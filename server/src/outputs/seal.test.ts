/** Keys at rest: sealed, bound to their row, readable under older keys and by nobody else. */
import { expect, test } from 'vitest'
import { redacted, rtmpAddress, leadsOutside } from './destination-address.ts'
import { sealWith } from './seal.ts'

const fallback = new Uint8Array(32)
const keyOf = (name: string, byte: number) =>
  `${name}:${Buffer.alloc(32, byte).toString('base64url')}`
const secret = 'live_12345_abcdef'

test('[OUT-08] a key at rest opens under the key it was sealed under, for its own row alone', () => {
  const old = sealWith([keyOf('a', 1)], fallback)
  const sealed = old.seal(secret, 'row 1')
  expect(sealed.includes(secret)).toBe(false)
  expect(old.seal(secret, 'row 1')).not.toEqual(sealed)
  expect(old.open(sealed, 'row 1')).toBe(secret)
  expect(old.open(sealed, 'row 2')).toBeUndefined()
  expect(sealWith([keyOf('b', 2), keyOf('a', 1)], fallback).open(sealed, 'row 1')).toBe(secret)
  expect(sealWith([keyOf('b', 2)], fallback).open(sealed, 'row 1')).toBeUndefined()
  expect(sealWith([keyOf('a', 2)], fallback).open(sealed, 'row 1')).toBeUndefined()
  const unset = sealWith([], fallback).seal(secret, 'row 1')
  expect(old.open(unset, 'row 1')).toBe(secret)
  expect(sealWith([], new Uint8Array(33)).open(unset, 'row 1')).toBeUndefined()
})

test('[OUT-08] whatever is altered or cut off opens no more', () => {
  const seal = sealWith([keyOf('a', 1)], fallback)
  const sealed = seal.seal(secret, 'row')
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed)
    altered[at]! ^= 1
    expect(seal.open(altered, 'row'), `byte ${at}`).toBeUndefined()
    expect(seal.open(sealed.subarray(0, at), 'row')).toBeUndefined()
  }
})

test.each([
  'https://live.example/app',
  'rtmp://127.0.0.1/app',
  'rtmp://[::1]/app',
  'rtmp://10.1.2.3/app',
  'rtmp://169.254.169.254/app',
  'rtmp://2130706433/app',
  'rtmp://livekit/app',
  'rtmp://live.example',
  'rtmp://live.example:22/app',
  'rtmp://user:name@live.example/app',
  'rtmp://live.example/app?x=1',
  'rtmp://live.example/a pp',
  'live.example/app',
])('[OUT-07] %s is nowhere to send to', (address) => {
  expect(rtmpAddress(address)).toBeUndefined()
})

test('[OUT-07] an address leads outside when each of its host’s does', async () => {
  expect(rtmpAddress('rtmps://live-api-s.example:443/rtmp/')).toBe(
    'rtmps://live-api-s.example:443/rtmp',
  )
  expect(rtmpAddress('rtmp://8.8.8.8:1935/live2')).toBe('rtmp://8.8.8.8:1935/live2')
  const at = (found: string[]) => leadsOutside('rtmp://live.example/app', async () => found)
  expect(await at(['8.8.8.8', '2606:4700::1111'])).toBe(true)
  expect(await at(['8.8.8.8', '10.0.0.1'])).toBe(false)
  expect(await at([])).toBe(false)
  const fails = () => Promise.reject(new Error('ENOTFOUND'))
  expect(await leadsOutside('rtmp://live.example/app', fails)).toBe(false)
})

test('[OUT-08] a key is told of by its ends alone', () => {
  expect(redacted('rtmp://a.example/live/abcdefghi')).toBe('rtmp://a.example/live/{abc...ghi}')
  expect(redacted('rtmp://a.example/live/abcdef')).toBe('rtmp://a.example/live/{ab...ef}')
  expect(redacted('rtmp://a.example/live/ab')).toBe('rtmp://a.example/live/{...}')
})
