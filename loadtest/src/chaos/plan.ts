/** What of a run of chaos may be chosen, and its bounds. */
import { parseArgs } from 'node:util'
import { z } from 'zod'

const whole = (most: number, least = 1) => z.coerce.number().int().min(least).max(most)

const choices = z.strictObject({
  seconds: whole(3_600, 10).default(60),
  clients: whole(1_000, 2).default(200),
  rate: whole(5_000).default(500),
  seed: whole(2 ** 31).optional(),
})

export type ChaosPlan = Required<z.infer<typeof choices>>

export const chaosHelp = `npm run chaos -- gifts [choices]

Gives gifts in four streams, two of which fight a battle, over a house of its own: two processes
people are seated in, a third one, PostgreSQL and Redis. Each of the five is killed with SIGKILL
and started again, by chance, while people ask again for what nobody answered. Then the books are
read: whatever was acknowledged must be there once, and nothing else.

  --seconds <n>  how long gifts are given, 10 to 3600; 60 when left out
  --clients <n>  people who give, 2 to 1000; 200
  --rate <n>     gifts a second all of them begin, at most 5000; 500
  --seed <n>     who is killed when; by chance when left out, and printed

Ends with 0 when all of it holds, with 1 when anything does not or a fault did not happen.`

/** Undefined: help is wanted. Rejects what it does not know, by name. */
export function readChaosPlan(args: string[], newSeed: () => number): ChaosPlan | undefined {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: text, clients: text, rate: text, seed: text, help: { type: 'boolean' } },
  })
  const { help, ...chosen } = values
  if (help === true || positionals.length === 0) return undefined
  const [name] = positionals
  if (name !== 'gifts' || positionals.length > 1) {
    throw new Error(`There is chaos for gifts only, not for ${positionals.join(' ')}.`)
  }
  const read = choices.safeParse(chosen)
  if (read.success) return { ...read.data, seed: read.data.seed ?? newSeed() }
  const said = read.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
  throw new Error(said.join('\n'))
}
