const SHIMS = new Map([
  ['vitest', new URL('vitest-shim.mjs', import.meta.url).href],
  ['fast-check', new URL('fast-check-shim.cjs', import.meta.url).href],
])

/** Gives the tests the shims in place of Vitest and of fast-check. */
export const resolve = (specifier, context, next) => {
  const url = SHIMS.get(specifier)
  return url === undefined || context.parentURL === url
    ? next(specifier, context)
    : { url, shortCircuit: true }
}
