import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Mining } from '../datasets/mining.ts'
import { isRefusal } from '../errors.ts'
import type { FileRequest } from '../grants/grants.ts'
import type { DownloadDeps } from './download.ts'
import { reservationHeaders } from './mining-routes.ts'
import { unchangingHeaders } from './security-headers.ts'
import { sendFile } from './send-file.ts'

export interface FileDoorDeps {
  readonly downloads: DownloadDeps
  readonly mining: Pick<Mining, 'of'>
  /** Everything else this server answers. */
  readonly rest: RequestListener
}

const FILE = /^\/datasets\/([^/?#]+)\/versions\/([^/?#]+)\/files\/([^?#]*[^/?#])$/

const decoded = (url: string): readonly string[] => {
  try {
    return (FILE.exec(url) ?? []).slice(1).map(decodeURIComponent)
  } catch {
    return []
  }
}

/** The file an address names; null for every other, for what cannot be read, and for tickets. */
const namedBy = ({ url = '', method, headers }: IncomingMessage): FileRequest | null => {
  if (method !== 'GET' && method !== 'HEAD') return null
  // A proof is looked at before anything else is.
  if (headers.dpop !== undefined || /^dpop /i.test(headers.authorization ?? '')) return null
  const [dataset, version, path] = decoded(url)
  return dataset && version && path ? { dataset, version, path } : null
}

/** Those the answer about a file sets itself are left to it. */
const baseHeaders = (): readonly string[] =>
  unchangingHeaders().flatMap(([name, value]) =>
    name.toLowerCase() === 'x-content-type-options' ? [] : [name, value],
  )

/**
 * The short way to the bytes: whoever may have a file gets it here, decided on and recorded by the
 * same functions as on the long way, without the handlers of everything else in between. Whatever
 * is not plainly permitted goes the long way, where it is decided again, worded and written down.
 */
export const fileDoor = ({ downloads, mining, rest }: FileDoorDeps): RequestListener => {
  const { grants, authenticate, publicUrl, report } = downloads
  const strict = baseHeaders()

  const answer = async (request: IncomingMessage, response: ServerResponse, asked: FileRequest) => {
    const pass = await grants.pass(await authenticate(request), asked)
    if (isRefusal(pass)) return rest(request, response)
    const reservation = await mining.of(asked.dataset, asked.version)
    const base = reservation ? [...strict, ...reservationHeaders(publicUrl, reservation)] : strict
    return sendFile(downloads, { request, response, pass, base })
  }

  return (request, response) => {
    const asked = namedBy(request)
    if (!asked) return rest(request, response)
    answer(request, response, asked).catch((error: unknown) => {
      if (!response.headersSent) return rest(request, response)
      report(error)
      response.destroy()
    })
  }
}
