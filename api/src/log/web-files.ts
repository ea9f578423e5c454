import type { PublicFiles } from './public-entries.ts'

const TIMEOUT_MS = 30_000

const fetchFile = async (url: URL): Promise<Uint8Array | null> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

const below = (address: string): string => (address.endsWith('/') ? address : `${address}/`)

/** The public files of a log on the web: `address` is the log itself or the registry it belongs to. */
export const webFiles = async (address: string): Promise<PublicFiles> => {
  for (const base of [below(address), `${below(address)}log/`]) {
    const get = (path: string) => fetchFile(new URL(path, base))
    const found = await get('checkpoint')
    // A registry may answer any address with a page.
    if (found && Buffer.from(found).includes('\n\n\u2014 ')) return { get }
  }
  throw new Error(`${address} has no checkpoint: give the address of a log or of its registry`)
}
