// What the kernel's tests use of Vitest, without a process and a module graph for every run.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
)
globalThis[GLOBAL_EXPECT] = expect

/** Every test that was declared: its full name and what to do. */
export const declared = []
const outside = { name: '', before: [] }
let suite = outside

const newSuite = (name) => {
  let ready
  const { before: parents } = suite
  const before = [...parents]
  return {
    name: `${suite.name}${name} `,
    before,
    ready: () => (ready ??= Promise.all(before.map((hook) => hook()))),
  }
}

export function describe(name, declare) {
  const around = suite
  suite = newSuite(name)
  declare()
  suite = around
}

export function it(name, run) {
  const { name: path, ready } = suite
  declared.push({
    name: `${path}${name} (${declared.length})`,
    run: async () => {
      await ready?.()
      await run()
    },
  })
}

const each = (declare) => (cases) => (name, run) => {
  const spread = cases.every((one) => Array.isArray(one))
  for (const one of cases) declare(name, () => run(...(spread ? one : [one])))
}
it.each = each(it)
describe.each = each(describe)
const skip = () => undefined
skip.each = () => skip
it.skip = skip
describe.skip = skip
it.skipIf = (condition) => (condition ? skip : it)
describe.skipIf = (condition) => (condition ? skip : describe)

export const beforeAll = (hook) => suite.before.push(hook)
export const afterAll = () => undefined
export const vi = { stubGlobal: (name, value) => Object.assign(globalThis, { [name]: value }) }
