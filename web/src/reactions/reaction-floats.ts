/**
 * Reactions rising from where they were caused. Plain elements animated by the browser, bounded,
 * and none at all for people who asked for less motion.
 */
const floatsMax = 28
const riseMs = 1_900

let afloat = 0

export function floatFrom(button: HTMLElement, layer: HTMLElement, count = 1): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) return
  const glyph = button.querySelector('svg')
  if (!glyph) return
  const from = glyph.getBoundingClientRect()
  for (let i = 0; i < count && afloat < floatsMax; i++) rise(glyph, from, layer, i * 110)
}

function rise(glyph: SVGElement, from: DOMRect, layer: HTMLElement, delayMs: number): void {
  const copy = glyph.cloneNode(true) as SVGElement
  const base = layer.getBoundingClientRect()
  copy.setAttribute('class', 'float')
  copy.style.left = `${from.left - base.left}px`
  copy.style.top = `${from.top - base.top}px`
  layer.append(copy)
  afloat += 1
  const height = 150 + Math.random() * 110
  const sway = (Math.random() - 0.5) * 70
  const turn = (Math.random() - 0.5) * 40
  const frames: Keyframe[] = [
    { transform: 'translate(0, 0) scale(.7)', opacity: 0 },
    {
      transform: `translate(${sway * 0.3}px, ${-height * 0.22}px) scale(1.25)`,
      opacity: 1,
      offset: 0.18,
    },
    {
      transform: `translate(${-sway * 0.5}px, ${-height * 0.62}px) rotate(${turn}deg)`,
      opacity: 1,
      offset: 0.62,
    },
    { transform: `translate(${sway}px, ${-height}px) rotate(${-turn}deg) scale(.9)`, opacity: 0 },
  ]
  const animation = copy.animate(frames, {
    duration: riseMs,
    delay: delayMs,
    easing: 'ease-out',
    fill: 'both',
  })
  animation.onfinish = () => {
    copy.remove()
    afloat -= 1
  }
}
