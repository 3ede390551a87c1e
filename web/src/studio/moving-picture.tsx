/** A picture that moves: whatever puts itself into a video element, under a name. */
import { useEffect, useRef } from 'react'

interface MovingPictureProps {
  /** Puts the picture in; what it returns takes it out. The same function, the same picture. */
  show: (element: HTMLVideoElement) => () => void
  name: string
  /** As a mirror: people know themselves that way. */
  isMirrored?: boolean
  isWhole?: boolean
  /** Hears the frames shown so far, twice a second while the page is seen. */
  onFrames?: (frames: number, element: HTMLVideoElement) => void
}

const lookEveryMs = 500

export function MovingPicture(props: MovingPictureProps) {
  const { show, name, isMirrored = false, isWhole = false, onFrames } = props
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => (video.current ? show(video.current) : undefined), [show])
  useEffect(() => {
    if (!onFrames) return
    const timer = setInterval(() => {
      const element = video.current
      if (!element || document.visibilityState === 'hidden') return
      onFrames(element.getVideoPlaybackQuality().totalVideoFrames, element)
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [onFrames])
  return (
    <video
      ref={video}
      className="moving-picture"
      data-mirrored={isMirrored || undefined}
      data-whole={isWhole || undefined}
      aria-label={name}
      autoPlay
      playsInline
      muted
    />
  )
}

export function showStream(stream: MediaStream) {
  return (element: HTMLVideoElement) => {
    element.srcObject = stream
    return () => {
      element.srcObject = null
    }
  }
}
