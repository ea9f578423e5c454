/** A Parquet file of one column of numbers, written by hand so that each of its claims can be false. */

const varint = (value: number): Buffer => {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}
const zigzag = (value: number): Buffer => varint(value >= 0 ? value * 2 : -value * 2 - 1)

type Field = readonly [id: number, type: number, bytes: Buffer]

/** Thrift, compact protocol. */
const struct = (...fields: readonly Field[]): Buffer => {
  let before = 0
  const parts = fields.map(([id, type, bytes]) => {
    const head = Buffer.from([((id - before) << 4) | type])
    before = id
    return Buffer.concat([head, bytes])
  })
  return Buffer.concat([...parts, Buffer.from([0])])
}
const i32 = (id: number, value: number): Field => [id, 5, zigzag(value)]
const i64 = (id: number, value: number): Field => [id, 6, zigzag(value)]
const text = (id: number, value: string): Field => [
  id,
  8,
  Buffer.concat([varint(value.length), Buffer.from(value)]),
]
const inner = (id: number, bytes: Buffer): Field => [id, 12, bytes]
const list = (id: number, type: number, items: readonly Buffer[]): Field => [
  id,
  9,
  Buffer.concat([Buffer.from([(items.length << 4) | type]), ...items]),
]
const name = (value: string): Buffer => Buffer.concat([varint(value.length), Buffer.from(value)])

export interface Claims {
  readonly rows?: number
  readonly values?: number
  readonly unpacked?: number
  readonly packed?: number
  readonly offset?: number
  readonly footer?: number
  /** 0: not packed, 1: snappy, 2: gzip, 6: zstd. */
  readonly codec?: number
  readonly page?: Buffer
}

export const parquet = (claims: Claims = {}): Buffer => {
  const page = claims.page ?? Buffer.from(new Int32Array([1, 2, 3]).buffer)
  const values = claims.values ?? 3
  const header = struct(
    i32(1, 0),
    i32(2, claims.unpacked ?? page.length),
    i32(3, claims.packed ?? page.length),
    inner(5, struct(i32(1, values), i32(2, 0), i32(3, 3), i32(4, 3))),
  )
  const start = Buffer.from('PAR1')
  const size = header.length + page.length
  const column = struct(
    i32(1, 1),
    list(2, 5, [zigzag(0)]),
    list(3, 8, [name('n')]),
    i32(4, claims.codec ?? 0),
    i64(5, values),
    i64(6, size),
    i64(7, size),
    i64(9, claims.offset ?? start.length),
  )
  const schema = [struct(text(4, 'root'), i32(5, 1)), struct(i32(1, 1), i32(3, 0), text(4, 'n'))]
  const rows = claims.rows ?? 3
  const group = struct(
    list(1, 12, [struct(i64(2, start.length), inner(3, column))]),
    i64(2, size),
    i64(3, rows),
  )
  const footer = struct(i32(1, 1), list(2, 12, schema), i64(3, rows), list(4, 12, [group]))
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(claims.footer ?? footer.length, 0)
  tail.write('PAR1', 4, 'latin1')
  return Buffer.concat([start, header, page, footer, tail])
}
