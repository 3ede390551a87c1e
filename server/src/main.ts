/** `npm start`: reads the settings, starts everything, says where it is, stops it cleanly. */
import { flushCompileCache } from 'node:module'
import { compose } from './compose.ts'
import { type Config, readConfig, WrongSettings } from './config.ts'
import { createLogger } from './platform/logging.ts'
import { startHelp, wantsHelp } from './platform/start/help.ts'
import { watchRunner } from './platform/start/package-runner.ts'
import { isPlainFault } from './platform/start/plain-faults.ts'
import { watchProcessFaults } from './platform/start/process-faults.ts'
import { progressOn } from './platform/start/progress.ts'
import { screenOfFacts } from './platform/start/screen.ts'
import { stopping } from './platform/start/stopping.ts'

await main()

async function main(): Promise<void> {
  if (wantsHelp(process.argv.slice(2))) return void process.stdout.write(startHelp())
  const config = settingsOrExit()
  // Where logs are read by machines, what people read goes beside them.
  const people = config.production ? process.stderr : process.stdout
  const log = createLogger({ level: config.logLevel, pretty: !config.production })
  const server = compose(config, log, { progress: progressOn(people) })
  const ending = stopping({
    log,
    stop: () => server.stop(),
    say: (text) => people.write(`\n  ${text}\n`),
  })
  await watchRunner({
    gone: () => {
      log.warn({}, 'whoever started the server is gone; stopping')
      ending.begin(0)
    },
  })
  watchProcessFaults({ log, giveUp: () => ending.begin(1), registry: server.registry })
  people.write('\n')
  try {
    people.write(screenOfFacts(await server.start(), config))
    // Where NODE_COMPILE_CACHE names a folder the next start is quick, also behind a kill.
    flushCompileCache()
  } catch (error) {
    // Whoever stops a start does not want to hear that it did not succeed.
    if (ending.hasBegun()) return
    fail(error instanceof Error ? error.message : String(error))
    if (!isPlainFault(error)) log.fatal({ err: error }, 'could not start')
    process.exit(1)
  }
}

function settingsOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error
    fail(['Odeon cannot start with these settings:', ...error.problems].join('\n  '))
    process.exit(1)
  }
}

function fail(text: string): void {
  process.stderr.write(`\n  ${text}\n\n`)
}
