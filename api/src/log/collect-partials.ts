import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  )

/** Every folder of partial tiles below one level, e.g. `001.p`. */
const partialsIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && entry.name.endsWith('.p'))
    .map((entry) => join(entry.parentPath, entry.name))
}

/**
 * Removes partial tiles whose full tile is there (C2SP tlog-tiles lets them go then): a process that
 * lagged behind another one may have written some after they had been removed. Those of the newest
 * tiles stay: checkpoints that were handed out lead to them. Gives back how many folders went.
 */
export const collectPartials = async (folder: string): Promise<number> => {
  let removed = 0
  for (const partial of await partialsIn(join(folder, 'tile'))) {
    if (!(await isThere(partial.slice(0, -'.p'.length)))) continue
    await rm(partial, { recursive: true, force: true })
    removed += 1
  }
  return removed
}
