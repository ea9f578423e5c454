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

/** All bytes of a file; none of an empty one. */
export const whole = (size: number): ByteSpan => ({ from: 0, to: size - 1, partial: false })

/** Asks for a part, and of these very bytes: a stale If-Range asks for the whole file instead. */
const rangeOf = (headers: IncomingHttpHeaders, sha256: string): RegExpExecArray | null => {
  const condition = headers['if-range']
  const same = condition === undefined || condition === `"${sha256}"`
  return same ? SINGLE.exec(headers.range ?? '') : null
}

/**
 * The bytes a GET asks for (RFC 9110 section 14): null when none of them exist. Several ranges,
 * another unit or a stale If-Range give the whole file, as the standard allows.
 */
export const spanOf = (
  headers: IncomingHttpHeaders,
  size: number,
  sha256: string,
): ByteSpan | null => {
  const [, first = '', last = ''] = rangeOf(headers, sha256) ?? []
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
