import { slashCommands, slashRefusals } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { en } from '../text/en.ts'

test('[WEB-105] every command has words of its own, and so has every refusal of one', () => {
  for (const { name } of slashCommands('host')) {
    expect(en.commands, name).toHaveProperty(name.slice(1))
  }
  for (const code of Object.keys(slashRefusals)) {
    expect(Object.hasOwn(en.rejected, code), code).toBe(true)
  }
})
