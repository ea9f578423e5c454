// Score of every file from one or more Stryker reports; for a file in several, the last one counts.
import { readFileSync } from 'node:fs'

const LEAST = 85
const files = Object.assign(
  {},
  ...process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')).files),
)

const countOf = (mutants, ...states) =>
  mutants.filter(({ status }) => states.includes(status)).length

const scoreOf = (mutants) => {
  const killed = countOf(mutants, 'Killed', 'Timeout')
  const valid = killed + countOf(mutants, 'Survived', 'NoCoverage')
  return {
    killed,
    valid,
    score: valid === 0 ? 100 : (100 * killed) / valid,
    ignored: countOf(mutants, 'Ignored'),
    timeout: countOf(mutants, 'Timeout'),
    uncovered: countOf(mutants, 'NoCoverage'),
  }
}

const line = (name, { killed, valid, score, ignored, timeout, uncovered }) =>
  console.log(
    `${name.padEnd(42)}${score.toFixed(1).padStart(6)} %  ${killed} of ${valid}, ${uncovered} never run, ${timeout} endless, ${ignored} static`,
  )

for (const [name, { mutants }] of Object.entries(files).toSorted()) line(name, scoreOf(mutants))
const total = scoreOf(Object.values(files).flatMap(({ mutants }) => mutants))
line('all', total)
process.exitCode = total.score < LEAST ? 1 : 0
