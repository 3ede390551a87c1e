// What is wrong with how a client is made is said when it is made.
import { afterEach, expect, test, vi } from 'vitest'
import { Odeon } from './index.ts'

afterEach(() => vi.unstubAllGlobals())

test('[SDK-24] an address that is none is named at once', () => {
  for (const url of ['localhost:2567', 'odeon.example', '', 'ws://odeon.example']) {
    expect(() => new Odeon(url)).toThrow(`such as https://odeon.example, got "${url}"`)
  }
  expect(() => new Odeon('https://odeon.example/')).not.toThrow()
})

test('[SDK-24] a runtime without WebSocket is told what it lacks, unless it brings one', () => {
  const own = WebSocket
  vi.stubGlobal('WebSocket', undefined)
  expect(() => new Odeon('https://odeon.example')).toThrow('In Node, use 22 or later.')
  expect(() => new Odeon('https://odeon.example', { WebSocket: own })).not.toThrow()
})
