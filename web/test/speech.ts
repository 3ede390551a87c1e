/**
 * A microphone that somebody speaks into: sentences of syllables with pauses, as a file that the
 * browser plays over and over. What beeps or hums nobody takes for a voice.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rate = 48_000
const seconds = 6
const syllablesPerSecond = 4
/** A sentence and the breath after it. */
const sentenceSeconds = 2.4
const breathSeconds = 0.6
const loudest = 0.7
const pitchHz = 140
/** Loudness of the voice's overtones: strongest where vowels are. */
const overtones = [0.5, 0.8, 1, 0.9, 0.6, 0.4, 0.3, 0.2]

let written: Promise<string[]> | undefined

/** The browser's flags with which every microphone of its pages is spoken into. */
export function spokenInto(): Promise<string[]> {
  written ??= write()
  return written
}

async function write(): Promise<string[]> {
  const file = join(await mkdtemp(join(tmpdir(), 'odeon-speech-')), 'speech.wav')
  await writeFile(file, wavOf(speech()))
  return [`--use-file-for-fake-audio-capture=${file}`]
}

function speech(): Float32Array {
  const whole = overtones.reduce((sum, one) => sum + one, 0)
  let turn = 0
  return Float32Array.from({ length: rate * seconds }, (_, at) => {
    const time = at / rate
    // The pitch wanders, as in speech.
    turn += (pitchHz + 25 * Math.sin(2 * Math.PI * 0.7 * time)) / rate
    const voice = overtones.reduce(
      (sum, one, index) => sum + one * Math.sin(2 * Math.PI * turn * (index + 1)),
      0,
    )
    return (loudest * envelopeAt(time) * voice) / whole
  })
}

/** 0 in breaths, up and down with every syllable. */
function envelopeAt(time: number): number {
  if (time % (sentenceSeconds + breathSeconds) >= sentenceSeconds) return 0
  return Math.abs(Math.sin(Math.PI * syllablesPerSecond * time)) ** 0.6
}

/** One channel of 16 bits. */
function wavOf(samples: Float32Array): Buffer {
  const head = 44
  const wav = Buffer.alloc(head + samples.length * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, at) => wav.writeInt16LE(Math.round(sample * 32_767), head + at * 2))
  return wav
}
