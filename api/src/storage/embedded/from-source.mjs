// Starts the worker from its TypeScript source, in tests and during development: Node 20 does not
// strip types, and a worker does not inherit the loader of a test runner.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
