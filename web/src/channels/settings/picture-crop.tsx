/** The chosen picture behind its frame: dragged, pinched, wheeled, or moved by the arrow keys. */
import { ZoomIn } from 'lucide-react'
import { type PointerEvent, type RefObject, useEffect, useId, useRef } from 'react'
import { useKeysIn, useLatest } from '../../chat/use-latest.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { type Crop, moved, partOf, type Size, zoomed, zoomMax } from './crop.ts'

interface PictureCropProps {
  src: string
  aspect: number
  crop: Crop
  /** Undefined until the picture is there. */
  size: Size | undefined
  picture: RefObject<HTMLImageElement | null>
  onSize: (size: Size | undefined) => void
  onCrop: (change: (crop: Crop) => Crop) => void
}

const arrows: Record<string, [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const step = 0.02
const largeStep = 0.1
const zoomStep = 0.25
const wheelPart = 0.002

export function PictureCrop(props: PictureCropProps) {
  const { src, aspect, crop, size, picture, onSize, onCrop } = props
  const { t } = useTranslation()
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const move = (dx: number, dy: number) => {
    if (size) onCrop((now) => moved(size, aspect, now, dx, dy))
  }
  const zoomTo = (zoom: (now: number) => number) => {
    if (size) onCrop((now) => zoomed(size, aspect, now, zoom(now.zoom)))
  }
  const fingers = useFingers(frame, { move, zoomTo })
  useWheel(frame, zoomTo)
  useKeysIn(frame, (event) => {
    const arrow = arrows[event.key]
    const length = event.shiftKey ? largeStep : step
    if (arrow) move(arrow[0] * length, arrow[1] * length)
    else if (event.key === '+' || event.key === '=') zoomTo((zoom) => zoom + zoomStep)
    else if (event.key === '-') zoomTo((zoom) => zoom - zoomStep)
    else return
    event.preventDefault()
  })
  return (
    <div className="picture-crop">
      <div
        ref={frame}
        className="picture-preview crop-frame"
        role="application"
        tabIndex={0}
        aria-label={t('owner.cropLabel')}
        aria-describedby={`${id}-how`}
        {...fingers}
      >
        <img
          ref={picture}
          src={src}
          alt={t('owner.preview')}
          draggable={false}
          style={size && placed(size, aspect, crop)}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            onSize({ width, height })
          }
          onError={() => onSize(undefined)}
        />
      </div>
      <label className="crop-zoom">
        <ZoomIn size={18} aria-hidden="true" />
        <span className="unseen">{t('owner.zoom')}</span>
        <input
          type="range"
          min={1}
          max={zoomMax}
          step={0.01}
          disabled={!size}
          value={crop.zoom}
          onChange={(event) => zoomTo(() => Number(event.target.value))}
        />
      </label>
      <p className="field-hint" id={`${id}-how`}>
        {t('owner.cropHint')}
      </p>
    </div>
  )
}

/** The whole picture, so large and so far aside that the part fills the frame. */
function placed(size: Size, aspect: number, crop: Crop) {
  const part = partOf(size, aspect, crop)
  const percent = (length: number) => `${(length * 100).toFixed(3)}%`
  return {
    width: percent(size.width / part.width),
    height: percent(size.height / part.height),
    left: percent(-part.left / part.width),
    top: percent(-part.top / part.height),
  }
}

interface Moves {
  move: (dx: number, dy: number) => void
  zoomTo: (zoom: (now: number) => number) => void
}

/** One pointer drags; two also zoom, by how far they are apart. */
function useFingers(frame: RefObject<HTMLDivElement | null>, { move, zoomTo }: Moves) {
  const down = useRef(new Map<number, { x: number; y: number }>())
  const apart = () => {
    const [one, other] = [...down.current.values()]
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0
  }
  const onPointerMove = (event: PointerEvent) => {
    const { pointerId, clientX: x, clientY: y } = event
    const before = down.current.get(pointerId)
    const box = frame.current?.getBoundingClientRect()
    if (!before || !box) return
    const apartBefore = apart()
    down.current.set(pointerId, { x, y })
    const share = down.current.size
    move((x - before.x) / box.width / share, (y - before.y) / box.height / share)
    if (apartBefore > 0) zoomTo((zoom) => (zoom * apart()) / apartBefore)
  }
  const onPointerUp = ({ pointerId }: PointerEvent) => void down.current.delete(pointerId)
  return {
    onPointerDown: ({ pointerId, clientX: x, clientY: y, currentTarget }: PointerEvent) => {
      currentTarget.setPointerCapture(pointerId)
      down.current.set(pointerId, { x, y })
    },
    onPointerMove,
    onPointerUp,
    onPointerCancel: onPointerUp,
  }
}

/** By hand: the page must not scroll, which a listener of React cannot prevent. */
function useWheel(frame: RefObject<HTMLDivElement | null>, zoomTo: Moves['zoomTo']): void {
  const latest = useLatest(zoomTo)
  useEffect(() => {
    const { current: element } = frame
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      latest.current((zoom) => zoom * (1 - event.deltaY * wheelPart))
    }
    element?.addEventListener('wheel', onWheel, { passive: false })
    return () => element?.removeEventListener('wheel', onWheel)
  }, [frame, latest])
}
