// fast-check with fewer runs of every property, so that a mutant costs little.
const real = require('fast-check')

const MOST_RUNS = 100

/** Whether a property was cut short since this was last set to false. */
const shortened = { any: false }

function assert(property, parameters = {}) {
  const numRuns = Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS)
  if (numRuns < parameters.numRuns) shortened.any = true
  return real.assert(property, { ...parameters, numRuns, endOnFailure: true })
}

module.exports = { ...real, assert, shortened }
