import { expect, test } from 'vitest'
import { patience, saying } from './saying.ts'

test('[LOD-26] who waits is told for what, again and again, until it is there', async () => {
  const said: string[] = []
  let missing = 3
  const work = Promise.withResolvers<string>()
  const result = saying(
    work.promise,
    () => `${missing} viewers`,
    (line) => {
      said.push(line)
      missing -= 1
      if (missing === 0) work.resolve('level')
    },
    { firstMs: 1, againMs: 1 },
  )
  await expect(result).resolves.toBe('level')
  expect(said.map((line) => line.replace(/\(.*/, ''))).toEqual([
    'Waiting for 3 viewers ',
    'Waiting for 2 viewers ',
    'Waiting for 1 viewers ',
  ])
  expect(patience.firstMs).toBeLessThanOrEqual(5_000)
})

test('[LOD-26] what is there at once is not spoken of, and what fails fails', async () => {
  const said: string[] = []
  const quick = { firstMs: 1, againMs: 1 }
  const say = (line: string): void => void said.push(line)
  await expect(saying(Promise.resolve(1), () => 'it', say, quick)).resolves.toBe(1)
  await expect(saying(Promise.reject(new Error('no')), () => 'it', say, quick)).rejects.toThrow(
    'no',
  )
  const mute = () => Promise.reject(new Error('nobody answers'))
  await expect(saying(new Promise(() => {}), mute, say, quick)).rejects.toThrow('nobody answers')
  expect(said).toEqual([])
})
