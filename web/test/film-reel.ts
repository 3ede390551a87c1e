/** A small film that the test browser makes itself: a counter over a colour, and a tone. */
import type { Page } from 'playwright-core'

/** MP4; takes as long as it lasts. The page must have been clicked, or may sound unasked. */
export async function filmedIn(page: Page, seconds: number): Promise<Buffer> {
  const base64 = await page.evaluate(async (lasts) => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 360
    const draw = canvas.getContext('2d')
    if (!draw) throw new Error('nothing to draw on')
    const begun = performance.now()
    const timer = setInterval(() => {
      const tenths = Math.floor((performance.now() - begun) / 100)
      draw.fillStyle = `hsl(${(tenths * 6) % 360} 45% 30%)`
      draw.fillRect(0, 0, 640, 360)
      draw.fillStyle = '#fff'
      draw.font = '700 120px sans-serif'
      draw.fillText((tenths / 10).toFixed(1), 220, 220)
    }, 100)
    const stream = canvas.captureStream(10)
    const audio = new AudioContext()
    const tone = audio.createOscillator()
    const sound = audio.createMediaStreamDestination()
    tone.connect(sound)
    tone.start()
    for (const track of sound.stream.getAudioTracks()) stream.addTrack(track)
    const recorder = new MediaRecorder(stream, { mimeType: 'video/mp4;codecs=vp9,opus' })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const isOver = new Promise((resolve) => recorder.addEventListener('stop', resolve))
    recorder.start()
    setTimeout(() => recorder.stop(), lasts * 1_000)
    await isOver
    clearInterval(timer)
    await audio.close()
    const reader = new FileReader()
    const isRead = new Promise((resolve) => reader.addEventListener('load', resolve))
    reader.readAsDataURL(new Blob(parts))
    await isRead
    return typeof reader.result === 'string'
      ? reader.result.slice(reader.result.indexOf(',') + 1)
      : ''
  }, seconds)
  return Buffer.from(base64, 'base64')
}
