// Starts the worker in tests and during development, where it is TypeScript: Node 20 does not strip
// types, and a worker does not inherit the loader of a test runner.
import { readdirSync, statSync } from 'node:fs'

const sources = new URL('.', import.meta.url)
const built = new URL('../../../../dist/api/src/storage/embedded/', sources)

const writtenAt = (folder, name) =>
  statSync(new URL(name, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** What was built from these very sources starts in a third of the time. */
const isBuilt = readdirSync(sources)
  .filter((name) => name.endsWith('.ts'))
  .every((name) => writtenAt(built, name.replace(/ts$/, 'js')) > writtenAt(sources, name))

if (isBuilt) await import(new URL('worker.js', built).href)
else {
  const { register } = await import('tsx/esm/api')
  register()
  await import('./worker.ts')
}
