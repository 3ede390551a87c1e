/** How loud a microphone is, told on the page's own beat. */
import { beatMs } from '../../frame/beat.ts'
import { loudnessOf } from './loudness.ts'

const samplesCount = 1_024

/** Calls back with 0 to 1 until stopped. A page that may not sound yet starts with a gesture. */
export function watchLevel(stream: MediaStream, hear: (level: number) => void): () => void {
  const context = new AudioContext()
  const source = context.createMediaStreamSource(stream)
  const analyser = context.createAnalyser()
  analyser.fftSize = samplesCount
  source.connect(analyser)
  const samples = new Float32Array(samplesCount)
  const timer = setInterval(() => {
    if (context.state !== 'running') return
    analyser.getFloatTimeDomainData(samples)
    hear(loudnessOf(samples))
  }, beatMs)
  const wake = () => void context.resume()
  const gestures = ['pointerdown', 'keydown'] as const
  for (const gesture of gestures) addEventListener(gesture, wake)
  return () => {
    clearInterval(timer)
    for (const gesture of gestures) removeEventListener(gesture, wake)
    source.disconnect()
    void context.close()
  }
}
