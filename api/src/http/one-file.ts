/** A file that a form has sent. */
export interface SentFile {
  readonly name: string
  readonly bytes: Buffer
}

const LINE = '\r\n'

/**
 * The one file of a form (RFC 7578) that holds nothing else; null for anything but that. It is read
 * where it lies: whoever calls this has bounded it.
 */
export const oneFile = (contentType: string, body: Buffer): SentFile | null => {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]{1,70})"?/i.exec(contentType)?.[1]
  const start = body.indexOf(LINE + LINE)
  if (boundary === undefined || start < 0) return null
  if (!body.subarray(0, boundary.length + 2).equals(Buffer.from(`--${boundary}`))) return null
  const head = body.toString('utf8', 0, start)
  const name = /^content-disposition:.*\bfilename="([^"\r\n]*)"/im.exec(head)?.[1]
  const end = body.indexOf(`${LINE}--${boundary}`, start + 2)
  if (!name || end < 0) return null
  const bytes = body.subarray(start + 2 * LINE.length, end)
  return { name, bytes }
}
