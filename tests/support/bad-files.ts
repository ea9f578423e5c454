import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { parquet } from './parquet.ts'
import * as sound from './sounds.ts'
import { type Packed, zip } from './zip.ts'

/** A file that nobody should take in, and what the refusal must say. */
export interface BadFile {
  readonly name: string
  readonly type: string
  readonly bytes: () => string | Buffer
  readonly says: string
}

const bad =
  (type: string) =>
  (name: string, says: string, bytes: () => string | Buffer): BadFile => ({
    name,
    type,
    bytes,
    says,
  })

const plain = bad('text/plain')
const csv = bad('text/csv')
const tsv = bad('text/tab-separated-values')
const jsonl = bad('application/jsonlines')
const eaf = bad('application/x-elan+xml')
const tmx = bad('application/x-tmx+xml')
const xliff = bad('application/xliff+xml')
const grid = bad('text/x-praat-textgrid')
const wav = bad('audio/wav')
const flac = bad('audio/flac')
const ogg = bad('audio/ogg')
const webm = bad('audio/webm')
const mp3 = bad('audio/mpeg')
const table = bad('application/vnd.apache.parquet')
const archive = bad('application/zip')

const MIB = 1024 * 1024

const laughs = (): string => {
  const levels = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  )
  return `<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY l0 "ha">${levels.join('')}]><tmx><header/><body><tu>&l10;</tu></body></tmx>`
}

const texts: readonly BadFile[] = [
  plain('nothing', 'empty', () => ''),
  plain('zero bytes', 'control character', () => 'one\ntwo\0'),
  plain('terminal codes', 'line 2', () => 'one\n\u001b[31mtwo'),
  plain('a line without end', 'is longer than', () => Buffer.alloc(5 * MIB, 'a')),
  plain('Latin 1', 'UTF-8', () => Buffer.from('caf\u00e9', 'latin1')),
  plain('UTF-16', 'UTF-8', () => Buffer.from('\ufeffkupu', 'utf16le')),
  plain('overlong UTF-8', 'UTF-8', () => Buffer.from([0x61, 0xc0, 0xaf])),
  plain('a lone surrogate', 'UTF-8', () => Buffer.from([0xed, 0xa0, 0x80])),
  plain('a web page', 'web page', () => '<!DOCTYPE html><script>alert(1)</script>'),
  plain('a picture with a script', 'web page', () => '<svg onload="alert(1)">'),
  plain('a program', 'a program', () => '#!/bin/sh\nrm -rf /\n'),
  plain('a PDF', 'PDF', () => '%PDF-1.7\n'),
  plain('an ELF', 'control character', () => Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')),
  csv('rows of two lengths', 'line 2: the row has 1 columns', () => 'a,b\nc\n'),
  csv('a quote that never closes', 'never closes', () => 'a,"b\n'),
  csv('text behind a quote', 'closing quote', () => 'a,"b"c\n'),
  csv('a quote inside', 'unquoted field', () => 'a,b"c\n'),
  csv('a quote over megabytes', 'longer than', () => `a,"${'b\n'.repeat(3 * MIB)}`),
  csv('a million columns', '1000001 columns', () => `${','.repeat(1_000_000)}\n`),
  csv('a formula', 'column 2', () => 'a,b\nc,"=HYPERLINK(""http://x"",""y"")"\n'),
  csv('a function', 'formula', () => 'a\n@SUM(1+1)\n'),
  csv('a command', 'formula', () => 'a\n"+cmd|\' /C calc\'!A0"\n'),
  tsv('rows of two widths', 'line 3', () => 'a\tb\n\nc\n'),
  tsv('a formula', 'formula', () => 'a\tb\n=1+1\tb\n'),
  jsonl('an empty line', 'line 2 is empty', () => '{"a":1}\n\n{"b":2}\n'),
  jsonl('a cut line', 'line 2 is not', () => '{"a":1}\n{"b":2'),
  jsonl('two values a line', 'line 1 is not', () => '{"a":1}{"b":2}\n'),
  jsonl('depth', 'nested deeper', () => '['.repeat(100_000) + ']'.repeat(100_000)),
  jsonl('endless opening', 'is not a JSON value', () => '['.repeat(3 * MIB)),
]

const markups: readonly BadFile[] = [
  tmx('a billion laughs', 'DOCTYPE', laughs),
  eaf(
    'a file of the server',
    'DOCTYPE',
    () =>
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ANNOTATION_DOCUMENT>&x;</ANNOTATION_DOCUMENT>',
  ),
  eaf('another vocabulary', 'its first element is html', () => '<html><script/></html>'),
  eaf('no times', 'TIME_ORDER', () => '<ANNOTATION_DOCUMENT/>'),
  eaf('a cut file', 'well-formed', () => '<ANNOTATION_DOCUMENT><TIME_ORDER>'),
  xliff('depth', 'nested deeper', () => `<xliff>${'<g>'.repeat(200)}`),
  xliff('a tag without end', 'longer than', () => `<xliff a="${'b'.repeat(9 * MIB)}`),
  xliff(
    'an unknown entity',
    'well-formed',
    () => '<xliff><file><source>&x;</source></file></xliff>',
  ),
  tmx('two roots', 'well-formed', () => '<tmx><header/><body/></tmx><tmx/>'),
  grid('another object', 'holds no TextGrid', () => '"ooTextFile"\n"Pitch"\n0\n1\n'),
  grid(
    'fewer marks than named',
    'value 14',
    () => '"ooTextFile"\n"TextGrid"\n0\n1\n<exists>\n1\n"IntervalTier"\n""\n0\n1\n1\n0\n1\n',
  ),
  grid(
    'a billion marks',
    'value 12',
    () => '"ooTextFile"\n"TextGrid"\n0\n1\n<exists>\n1\n"IntervalTier"\n""\n0\n1\n1000000000\n',
  ),
  grid('UTF-16', 'UTF-16', () => Buffer.from('\ufeff"ooTextFile"', 'utf16le')),
  grid(
    'something behind',
    'follows',
    () => '"ooTextFile"\n"TextGrid"\n0\n1\n<absent>\n"<script>"\n',
  ),
]

const sounds: readonly BadFile[] = [
  wav('a script behind the sound', 'its length', () =>
    Buffer.concat([sound.wav(), Buffer.from('<script>')]),
  ),
  wav('a cut file', 'its length', () => sound.wav().subarray(0, -2)),
  wav('a header with a page', 'its length', () =>
    Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), Buffer.from('<html>')]),
  ),
  wav('no sound', 'no sound', () => sound.riff(sound.fmt())),
  wav('a chunk of four gigabytes', 'inside a chunk', () => {
    const lying = sound.chunk('data', Buffer.alloc(8))
    lying.writeUInt32LE(0xffff_fff0, 4)
    return sound.riff(sound.fmt(), lying)
  }),
  wav('sizes that disagree', 'disagree', () => {
    const lying = sound.fmt()
    lying.writeUInt16LE(7, 8 + 12)
    return sound.riff(lying, sound.samples(1))
  }),
  wav('half a sample', 'inside a sample', () =>
    sound.riff(sound.fmt(), sound.chunk('data', Buffer.alloc(3))),
  ),
  webm('a page of the web', 'does not begin like', () => '\0<html>'),
  webm('another file', 'does not begin like', () => sound.wav()),
  webm('a cut block', 'inside an element', () => sound.webm().subarray(0, -1)),
  webm('a script behind the sound', 'inside an element', () =>
    Buffer.concat([sound.webm(), Buffer.from('<script>')]),
  ),
  webm('two recordings', 'not one WebM', () => Buffer.concat([sound.webm(), sound.webm()])),
  webm('another vocabulary', 'not one WebM', () =>
    Buffer.concat([sound.webmHead('matroska'), sound.webm().subarray(sound.webmHead().length)]),
  ),
  webm('Vorbis', 'one track of Opus', () =>
    sound.webm(sound.ebml(0x1654ae6b, sound.webmTrack('A_VORBIS'))),
  ),
  webm('two tracks', 'one track of Opus', () =>
    sound.webm(sound.ebml(0x1654ae6b, sound.webmTrack())),
  ),
  webm('a picture', 'has no place', () => sound.webm(sound.ebml(0xe0, 'picture'))),
  webm('a block of another track', 'another track', () =>
    sound.webm(sound.webmCluster(sound.webmBlock(1, 2))),
  ),
  webm('laced blocks', 'laced', () => sound.webm(sound.webmCluster(sound.webmBlock(1, 1, 0x82)))),
  webm('no sound', 'no sound', () =>
    Buffer.concat([
      sound.webmHead(),
      sound.ebml(0x18538067, sound.ebml(0x1654ae6b, sound.webmTrack()), true),
    ]),
  ),
  webm('a length that lies', 'inside an element', () =>
    sound.webm(Buffer.from('1549a96601000000ffffffff', 'hex')),
  ),
  webm('nothing a hundred thousand times', 'too little sound', () =>
    sound.webm(Buffer.alloc(300_000, Buffer.from([0xec, 0x80]))),
  ),
  ogg('a page of the web', 'no Ogg page', () =>
    Buffer.concat([sound.opus(), Buffer.from('<html>'.repeat(6))]),
  ),
  ogg('a cut recording', 'its end is missing', () =>
    sound.oggPage(sound.opusHead(), { flags: 2, sequence: 0 }),
  ),
  ogg('a cut page', 'inside a page', () => sound.opus().subarray(0, -9)),
  ogg('a flipped bit', 'damaged', () => {
    const flipped = sound.opus()
    flipped.writeUInt8(flipped.readUInt8(200) ^ 1, 200)
    return flipped
  }),
  ogg('a lost page', 'is missing', () =>
    Buffer.concat([
      sound.oggPage(sound.opusHead(), { flags: 2, sequence: 0 }),
      sound.oggPage(Buffer.alloc(9), { sequence: 2, flags: 4 }),
    ]),
  ),
  ogg('a film', 'neither Opus nor Vorbis', () =>
    sound.oggPage(Buffer.from(`\x80theora${' '.repeat(40)}`, 'latin1'), { flags: 6, sequence: 0 }),
  ),
  ogg('two streams', 'another stream', () => Buffer.concat([sound.opus(), sound.opus()])),
  flac('a cut recording', 'damaged or cut', () => sound.flac().subarray(0, -3)),
  flac('fewer samples than announced', 'announces', () => sound.flac(2, 1000)),
  flac('a page of the web', 'no sound', () =>
    Buffer.concat([sound.flac(0), Buffer.from('<html>')]),
  ),
  flac('a flipped bit', 'damaged', () => {
    const flipped = sound.flac()
    flipped.writeUInt8(flipped.readUInt8(flipped.length - 4) ^ 1, flipped.length - 4)
    return flipped
  }),
  flac('metadata beyond the end', 'cut', () =>
    Buffer.concat([Buffer.from('fLaC'), sound.flacBlock(0, sound.streamInfo(1))]),
  ),
  mp3('a page of the web', 'no sound at byte 0', () => '<html></html>'),
  mp3('a cut recording', 'inside a frame', () => sound.mp3().subarray(0, -5)),
  mp3('a page behind the sound', 'no sound at byte', () =>
    Buffer.concat([sound.mp3(), Buffer.from('<script>alert(1)</script>')]),
  ),
  mp3('a tag of a quarter gigabyte', 'no sound', () =>
    Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), sound.mp3Frame()]),
  ),
]

const tables: readonly BadFile[] = [
  table('another file', 'begin and end', () => sound.wav()),
  table('a footer beyond the file', 'footer', () => parquet({ footer: 0x7fff_ffff })),
  table('a page of a gigabyte', 'unpacks', () => parquet({ unpacked: 2 ** 30, codec: 1 })),
  table('a gzip bomb', 'Parquet', () =>
    parquet({ codec: 2, unpacked: 12, page: gzipSync(Buffer.alloc(32 * MIB)) }),
  ),
  table('a billion values', 'values', () => parquet({ values: 1_000_000_000 })),
  table('a billion rows', 'rows', () => parquet({ rows: 1_000_000_000 })),
  table('a column elsewhere', 'outside', () => parquet({ offset: 1_000_000 })),
  table('a page beyond its column', 'ends outside', () => parquet({ packed: 4000 })),
  table('an unknown packing', 'codec', () => parquet({ codec: 6 })),
]

const one = (entry: Packed): Buffer => zip(entry, { name: 'more.txt', bytes: Buffer.from('more') })
const bomb = (): Packed => {
  const zeros = Buffer.alloc(64 * MIB)
  return {
    name: 'a.txt',
    raw: { deflated: deflateRawSync(zeros), size: zeros.length, crc: crc32(zeros) },
  }
}

const archives: readonly BadFile[] = [
  archive('no archive', 'zip archive', () => 'PK'),
  archive('nothing', 'no file', () => zip()),
  archive('a bomb', 'times as large', () => zip(bomb())),
  archive('a bomb that hides its size', 'zip archive', () => zip({ ...bomb(), size: 1000 })),
  archive('a bomb of files over each other', 'over each other', () => {
    const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251))
    return zip(
      { name: '0.txt', bytes },
      ...Array.from({ length: 50 }, (_, i) => ({ name: `${i + 1}.txt`, bytes, over: 0 })),
    )
  }),
  archive('too many files', 'at most 10000', () =>
    zip(...Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}.txt` }))),
  ),
  archive('more than the quota', 'left', () =>
    zip({
      name: 'a.txt',
      bytes: Buffer.from('a'),
      size: 60_000_000,
      raw: { deflated: Buffer.alloc(700_000), size: 60_000_000, crc: 0 },
    }),
  ),
  archive('a link', 'is a link', () =>
    one({ name: 'a.txt', bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }),
  ),
  archive('a device', 'device', () => one({ name: 'a.txt', mode: 0o020666 })),
  archive('a way up', 'zip archive', () => one({ name: '../../etc/passwd.txt' })),
  archive('an absolute path', 'zip archive', () => one({ name: '/etc/passwd.txt' })),
  archive('a backslash', 'zip archive', () => one({ name: 'a\\b.txt' })),
  archive('a control character', 'cannot be seen', () => one({ name: 'a\n.txt' })),
  archive('a name that turns round', 'cannot be seen', () => one({ name: 'a\u202etxt.exe' })),
  archive('a name twice', 'there twice', () => zip({ name: 'a.txt' }, { name: 'A.TXT' })),
  archive('one name in two forms', 'there twice', () =>
    zip({ name: 'caf\u00e9.txt' }, { name: 'cafe\u0301.txt' }),
  ),
  archive('a file as a folder', 'there twice', () => zip({ name: 'a' }, { name: 'a/b.txt' })),
  archive('an archive inside', 'archive inside', () =>
    one({ name: 'b.zip', bytes: zip({ name: 'c' }) }),
  ),
  archive('a password', 'encrypted', () => one({ name: 'a.txt', flags: 1 })),
  archive('an unknown packing', 'a way not known', () => one({ name: 'a.txt', method: 99 })),
  archive('other bytes than named', 'damaged', () =>
    one({ name: 'a.txt', bytes: Buffer.from('a'), crc: 1 }),
  ),
]

/** Made on demand: none of them lies in the repository. */
export const BAD_FILES: readonly BadFile[] = [
  ...texts,
  ...markups,
  ...sounds,
  ...tables,
  ...archives,
]
