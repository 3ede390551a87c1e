/** How loud a microphone is, measured where it is: no server weighs it. */
const everyMs = 100
const samplesCount = 1_024
const gestures = ['pointerdown', 'keydown'] as const

/**
 * Calls back ten times a second until stopped with how loud the track is that `trackOf` gives at
 * that moment: 0–1, the root mean square of its samples, and 0 while there is none. On a page that
 * may not sound yet it begins with the next gesture.
 */
export function watchLevel(
  trackOf: () => MediaStreamTrack | undefined,
  hear: (level: number) => void,
): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = samplesCount
  const samples = new Float32Array(samplesCount)
  let track: MediaStreamTrack | undefined
  let source: MediaStreamAudioSourceNode | undefined
  const follow = () => {
    const now = trackOf()
    if (now === track) return
    source?.disconnect()
    track = now
    source = now && context.createMediaStreamSource(new MediaStream([now]))
    source?.connect(analyser)
  }
  const timer = setInterval(() => {
    follow()
    if (!track) return hear(0)
    if (context.state !== 'running') return
    analyser.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samplesCount
    hear(Math.min(1, Math.sqrt(power)))
  }, everyMs)
  const wake = () => void context.resume()
  for (const gesture of gestures) addEventListener(gesture, wake)
  return () => {
    clearInterval(timer)
    for (const gesture of gestures) removeEventListener(gesture, wake)
    source?.disconnect()
    void context.close()
  }
}
