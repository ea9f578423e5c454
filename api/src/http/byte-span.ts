import type { IncomingHttpHeaders } from 'node:http'

/** Both ends inclusive. */
export interface ByteSpan {
  readonly from: number
  readonly to: number
  readonly partial: boolean
}

const SINGLE = /^bytes=(\d{0,15})-(\d{0,15})$/

const matches = (list: string, sha256: string): boolean =>
  list.split(',').some((tag) => ['*', `"${sha256}"`, `W/"${sha256}"`].includes(tag.trim()))

/** RFC 9110 section 13.1.2: the client holds these very bytes already. */
export const isFresh = (headers: IncomingHttpHeaders, sha256: string): boolean =>
  headers['if-none-match'] !== undefined && matches(headers['if-none-match'], sha256)

const whole = (size: number): ByteSpan => ({ from: 0, to: size - 1, partial: false })

/**
 * The bytes a request asks for (RFC 9110 section 14): null when none of them exist. Several ranges,
 * another unit or a stale If-Range give the whole file, as the standard allows.
 */
export const spanOf = (
  headers: IncomingHttpHeaders,
  size: number,
  sha256: string,
): ByteSpan | null => {
  const range = SINGLE.exec(headers.range ?? '')
  const condition = headers['if-range']
  if (!range || (condition !== undefined && condition !== `"${sha256}"`)) return whole(size)
  const [, first = '', last = ''] = range
  if (first === '' && last === '') return whole(size)
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? null : { from: size - length, to: size - 1, partial: true }
  }
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return whole(size)
  return from >= size ? null : { from, to, partial: true }
}
