/**
 * The process of the checking members, so that what they cost falls neither on server nor swarm.
 */
import { createInterface } from 'node:readline'
import { Checker } from './checker.ts'

const [url = '', roomId = '', group = '', count = '0'] = process.argv.slice(2)

const tell = (fact: object) => process.stdout.write(`${JSON.stringify(fact)}\n`)

const checkers: Checker[] = []
for (let n = 0; n < Number(count); n += 1) {
  checkers.push(await Checker.join(url, roomId, `${group}-${n}`))
}
tell({ event: 'joined' })

const lines = createInterface({ input: process.stdin })
lines.on('line', () => {
  tell({ event: 'findings', findings: checkers.map((checker) => checker.findings()) })
})
lines.on('close', () => process.exit(0))
