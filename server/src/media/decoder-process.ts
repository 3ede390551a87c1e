/**
 * The process that decodes what strangers upload, one picture after the other. A decoder that
 * crashes, hangs or grows takes this process with it and nothing else.
 */
import { mediaLimits } from './protocol.ts'
import { type Drawing, type Job, renderDrawing, renderPicture } from './render-picture.ts'

const checkEveryMs = 50

process.on('message', (job: Job | Drawing) => {
  const rendering = 'drawing' in job ? renderDrawing(job) : renderPicture(job)
  void rendering.then((outcome) => process.send?.(outcome))
})
process.on('disconnect', () => process.exit(0))

setInterval(() => {
  if (process.memoryUsage.rss() > mediaLimits.decoderBytesMax) process.exit(1)
}, checkEveryMs).unref()
