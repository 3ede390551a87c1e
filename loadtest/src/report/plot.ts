/** Plots as inline SVG, small and without a script: lines over time, and percentile curves. */

export interface Line {
  name: string
  points: [x: number, y: number][]
}

interface Box {
  title: string
  lines: Line[]
  /** What stands below the axis. */
  unit: string
  /** Places of marks on the x axis; evenly spread when absent. */
  marks?: { at: number; text: string }[]
  /** Maps x to 0 … 1; linear over the data when absent. */
  place?: (x: number) => number
}

const size = { width: 860, height: 210, left: 58, right: 34, top: 34, bottom: 30 }
const inner = {
  width: size.width - size.left - size.right,
  height: size.height - size.top - size.bottom,
}
const colours = ['#2a6fdb', '#d9822b', '#1b8a5a', '#b03060', '#6b5bd2', '#7a7a2a']
const yMarks = 4
const xMarks = 6

export function plot({ title, lines, unit, marks, place }: Box): string {
  const filled = lines.filter(({ points }) => points.length > 0)
  const xs = filled.flatMap(({ points }) => points.map(([x]) => x))
  const ys = filled.flatMap(({ points }) => points.map(([, y]) => y))
  const [least, most] = [Math.min(0, ...xs), Math.max(1e-9, ...xs)]
  const top = niceAbove(Math.max(1e-9, ...ys))
  // One moment has no length: it stands in the middle, where nobody has to look for it.
  const isMoment = place === undefined && new Set(xs).size === 1
  const atX = place ?? ((x: number) => (isMoment ? 0.5 : (x - least) / (most - least || 1)))
  const toX = (x: number) => (size.left + atX(x) * inner.width).toFixed(1)
  const toY = (y: number) => (size.top + (1 - y / top) * inner.height).toFixed(1)
  const grid = Array.from({ length: yMarks + 1 }, (_, at) => (top * at) / yMarks)
  const xTexts = marks ?? (isMoment ? [{ at: most, text: short(most) }] : evenMarks(least, most))
  return `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped(title)}">
<text class="title" x="0" y="14">${escaped(title)}</text>
${legend(title, filled)}
${grid
  .map(
    (y) =>
      `<line x1="${size.left}" x2="${size.width - size.right}" y1="${toY(y)}" y2="${toY(y)}"/>` +
      `<text x="${size.left - 6}" y="${Number(toY(y)) + 4}" text-anchor="end">${short(y)}</text>`,
  )
  .join('\n')}
${xTexts
  .map(
    ({ at, text }) =>
      `<text x="${toX(at)}" y="${size.height - 12}" text-anchor="middle">${escaped(text)}</text>`,
  )
  .join('\n')}
<text x="${size.width - size.right}" y="${size.height}" text-anchor="end">${escaped(unit)}</text>
${filled
  .map(({ points }, index) => {
    const colour = colours[index % colours.length]
    const places = points.map(([x, y]) => [toX(x), toY(y)])
    // A line through one point is nothing to be seen.
    if (places.length === 1) {
      const [[x, y] = []] = places
      return `<circle r="3" fill="${colour}" cx="${x}" cy="${y}"/>`
    }
    const path = places.map((place) => place.join(',')).join(' ')
    return `<polyline stroke="${colour}" points="${path}"/>`
  })
  .join('\n')}
</svg>`
}

/** As HDR histograms are drawn: each step to the right is ten times rarer. */
export function percentilePlot(title: string, lines: Line[]): string {
  const rarest = 4
  const place = (percentile: number) =>
    Math.min(rarest, -Math.log10(Math.max(1 - percentile / 100, 10 ** -rarest))) / rarest
  const marks = [0, 50, 90, 99, 99.9, 99.99].map((at) => ({ at, text: `${at} %` }))
  return plot({ title, lines, unit: 'of all', marks, place })
}

/** Behind the title, so that a narrow window shows both before it is moved. */
function legend(title: string, lines: Line[]): string {
  let x = title.length * 7.6 + 18
  return lines
    .map(({ name }, index) => {
      const fill = `style="fill:${colours[index % colours.length]}"`
      const text = `<text x="${x.toFixed(0)}" y="14" ${fill}>${escaped(name)}</text>`
      x += name.length * 6.4 + 16
      return text
    })
    .join('\n')
}

function evenMarks(least: number, most: number): { at: number; text: string }[] {
  // Of whole steps there are no more than the span has.
  const count = Math.min(xMarks, Math.max(1, Math.floor(most - least)))
  return Array.from({ length: count + 1 }, (_, mark) => {
    const at = least + ((most - least) * mark) / count
    return { at, text: short(at) }
  })
}

/** 1, 2 or 5 times a power of ten, at least `value`. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))} M`
  if (value >= 1e4) return `${Number((value / 1e3).toFixed(1))} k`
  return String(Number(value.toFixed(value < 10 ? 2 : 0)))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}
