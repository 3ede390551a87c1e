/** The emotes of the house, drawn here: simple shapes that hold at 28 pixels. 112 × 112 each. */
const ink = '#2a2036'
const skin = '#ffb547'
const shade = '#e8922a'
const red = '#ff4d6d'
const teal = '#3dd6c6'
const blue = '#5b8cff'
const pink = '#ff6ac1'
const white = '#ffffff'

const drawn = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112" viewBox="0 0 112 112" ` +
  `fill="none" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>`

const line = (d: string, width = 7, colour = ink) =>
  `<path d="${d}" stroke="${colour}" stroke-width="${width}"/>`
const shape = (d: string, fill: string, edge = ink) =>
  `<path d="${d}" fill="${fill}" stroke="${edge}" stroke-width="4"/>`
const dot = (x: number, y: number, r: number, fill = ink) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`

const head = `<circle cx="56" cy="58" r="46" fill="${skin}" stroke="${ink}" stroke-width="4"/>`
const shadow = `<path d="M18 76a42 42 0 0 0 76 0 46 46 0 0 1-76 0Z" fill="${shade}"/>`
const face = (inner: string) => drawn(head + shadow + inner)
const eyes = dot(39, 50, 6) + dot(73, 50, 6)
const closed = line('M30 52q9-10 18 0') + line('M64 52q9-10 18 0')
const mouth = 'M32 64h48q-3 26-24 26T32 64Z'
const tongue = `<path d="M42 84q14-12 28 0-14 10-28 0Z" fill="${red}"/>`
const tear = (x: number) => `<path d="M${x} 60q-9 15 0 19 9-4 0-19Z" fill="${blue}"/>`
const heartShape = 'M0 34C-30 12-36-4-32-16-28-30-8-32 0-16 8-32 28-30 32-16 36-4 30 12 0 34Z'
const heart = (x: number, y: number, s: number) =>
  `<path transform="translate(${x} ${y}) scale(${s})" fill="${red}" stroke="${ink}" ` +
  `stroke-width="${4 / s}" d="${heartShape}"/>`

const hand = 'M34 100c-12-14-18-26-20-36-1-7 7-9 10-3l8 12V28c0-9 12-9 13 0v22V18c0-9 13-9 13 0v32'
const fingers = `${hand}V22c0-9 13-9 13 0v32V36c0-8 12-8 12 0v34c0 14-4 24-10 30Z`
const clapping =
  'M30 92c-14-18-10-30-4-38l26-30c6-6 14 0 9 7L47 48l26-26c6-6 14 1 8 8L60 52l20-17c6-5 13 2 7 8' +
  'L66 62l14-10c6-5 12 3 6 8L58 88c-8 8-20 10-28 4Z'
const flame =
  'M58 8c6 18 30 28 30 58 0 22-14 38-33 38S22 88 22 68c0-16 10-22 12-36 8 4 12 10 12 18' +
  ' 8-8 14-22 12-42Z'
const innerFlame = 'M57 54c4 10 14 16 14 30 0 10-7 17-16 17s-16-7-16-17c0-12 14-16 18-30Z'
const shades = 'M16 44h80v6c0 18-26 20-32 2h-16c-6 18-32 16-32-2Z'
const star = 'M56 10l13 29 31 4-23 21 6 32-27-16-27 16 6-32-23-21 31-4Z'

/** Code → drawing. */
export const houseDrawings: Readonly<Record<string, string>> = {
  hello: drawn(
    shape(fingers, skin) + line('M96 18q8 8 8 20', 5, teal) + line('M88 6q4 3 6 6', 5, teal),
  ),
  smile: face(eyes + line('M34 68q22 24 44 0')),
  laugh: face(closed + shape(mouth, '#7a1f38') + tongue),
  joy: face(closed + shape(mouth, '#7a1f38') + tongue + tear(24) + tear(88)),
  wow: face(
    dot(39, 46, 8, white) +
      dot(73, 46, 8, white) +
      dot(39, 46, 4) +
      dot(73, 46, 4) +
      `<ellipse cx="56" cy="80" rx="10" ry="13" fill="#7a1f38" stroke="${ink}" stroke-width="4"/>`,
  ),
  sad: face(eyes + line('M38 84q18-18 36 0') + tear(80)),
  love: face(heart(38, 48, 0.42) + heart(74, 48, 0.42) + line('M36 72q20 20 40 0')),
  cool: face(shape(shades, ink) + line('M26 50l10-4', 4, white) + line('M42 78q16 10 30-4')),
  think: face(
    dot(40, 52, 6) +
      dot(72, 48, 6) +
      line('M30 38q8-6 16-2', 5) +
      line('M64 34q10-4 16 2', 5) +
      line('M42 78q12-8 26-2') +
      shape('M30 108c-8-8-2-22 10-20l16 2c7 1 6 10 0 10H46l-6 8Z', shade),
  ),
  heart: drawn(heart(56, 58, 1.4) + line('M30 42q2-12 12-12', 6, '#ffc2cd')),
  fire: drawn(shape(flame, '#ff8a3d') + shape(innerFlame, '#ffd15c', '#ff8a3d')),
  clap: drawn(
    shape(clapping, skin) +
      line('M92 18l8-8', 6, teal) +
      line('M98 34h10', 6, teal) +
      line('M76 14V4', 6, teal),
  ),
  star: drawn(shape(star, '#ffd15c') + line('M44 44l6-2', 5, white)),
  party: drawn(
    shape('M12 102l24-58 34 34Z', pink) +
      line('M26 70l20 20', 5, white) +
      line('M44 40q2-18 18-26', 5, teal) +
      line('M74 68q18-2 26-18', 5, blue) +
      dot(84, 24, 5, red) +
      dot(64, 34, 4, '#ffd15c') +
      dot(98, 66, 4, pink) +
      dot(40, 16, 4, blue) +
      line('M78 46l14-12', 5, '#ffd15c'),
  ),
}
