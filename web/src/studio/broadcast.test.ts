import { expect, test } from 'vitest'
import { type BroadcastMedia, goLive, NotCarried, sendWanted } from './broadcast.ts'

/** Writes down what is asked of the media, and fails where it is told to. */
function desk(fails?: string, status: 'on' | 'unavailable' = 'on') {
  const done: string[] = []
  const step = async (name: string) => {
    done.push(name)
    if (name === fails) throw new Error(name)
  }
  const media: BroadcastMedia = {
    listen: async () => {
      await step('listen')
      return status
    },
    leave: () => step('leave'),
    publishCamera: (from) => step(`camera ${from?.deviceId ?? 'any'}`),
    publishMicrophone: (from) => step(`microphone ${from?.deviceId ?? 'any'}`),
    unpublish: (source) => step(`no ${source}`),
  }
  return { done, media, start: () => step('start') }
}

const taken = ['no camera', 'no microphone', 'no screen_share']

test('[STU-06] picture and sound are sent before the stream begins', async () => {
  const { media, start, done } = desk()
  await goLive(media, { camera: 'lid', microphone: '' }, start)
  expect(done).toEqual(['listen', 'camera lid', 'microphone any', 'start'])
})

test('[STU-06] a stream without picture and sound asks nothing of the media', async () => {
  const { media, start, done } = desk()
  await goLive(media, { camera: null, microphone: null }, start)
  expect(done).toEqual(['start'])
})

test.each([
  ['the media cannot be reached', 'listen', ['listen', ...taken]],
  ['the camera fails', 'camera lid', ['listen', 'camera lid', ...taken]],
  ['the microphone fails', 'microphone mic', ['listen', 'camera lid', 'microphone mic', ...taken]],
  [
    'the stream cannot start',
    'start',
    ['listen', 'camera lid', 'microphone mic', 'start', ...taken],
  ],
])('[STU-06] when %s nothing stays half-done', async (_when, fails, steps) => {
  const { media, start, done } = desk(fails)
  await expect(goLive(media, { camera: 'lid', microphone: 'mic' }, start)).rejects.toThrow(fails)
  expect(done).toEqual(steps)
})

test('[STU-06] media that are away are told apart from a device that fails', async () => {
  const { media } = desk(undefined, 'unavailable')
  await expect(sendWanted(media, { camera: '', microphone: null })).rejects.toThrow(NotCarried)
})
