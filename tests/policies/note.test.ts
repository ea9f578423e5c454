import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyEd25519 } from '../../api/src/log/index.ts'
import { fromBase64, fromBase64Url, toBase64, toBase64Url } from '../../policies/rules/bytes.ts'
import {
  disclosureDigest,
  formatCheckpoint,
  formatNote,
  formatNoteKey,
  formatReceipt,
  noteKey,
  openDisclosures,
  openNote,
  parseCheckpoint,
  parseDisclosure,
  parseNoteKey,
  parseReceipt,
  verifyReceipt,
} from '../../policies/rules/log-proof.ts'
import { testSigner } from '../support/memory-log.ts'

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const key = noteKey(testSigner.name, testSigner.publicKey, sha256)
const other = noteKey('log.example/other', testSigner.publicKey, sha256)
const sign = (text: string, as = key) =>
  formatNote(text, as, testSigner.sign(new Uint8Array(Buffer.from(text))))

describe('base64', () => {
  it('agrees with the platform, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64(toBase64(bytes))).toEqual(bytes)
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
      }),
    )
  })

  it.each(['QQ', 'QR==', 'QQ=', 'Q===', '-_==', 'Q Q=', 'QQ==QQ=='])(
    'has one spelling, which %s is not',
    (text) => {
      expect(fromBase64(text)).toBeNull()
    },
  )
})

describe('a signed note', () => {
  const text = 'Ko te reo te mauri\n\no te mana Māori.\n'

  it('opens under the key that signed it', async () => {
    expect(await openNote(sign(text), [other, key], verifyEd25519)).toEqual({
      ok: true,
      text,
      signers: ['log.example/test'],
    })
  })

  it('opens when further signatures are of unknown keys', async () => {
    const line = sign(text, other).split('\n\n').at(-1)
    const note = `${sign(text)}${line}`
    expect(await openNote(note, [key], verifyEd25519)).toMatchObject({ ok: true })
  })

  it('does not open when one known key has not signed this text', async () => {
    const wrong = formatNote(text, other, new Uint8Array(64)).split('\n\n').at(-1)
    const note = `${sign(text)}${wrong}`
    expect(await openNote(note, [key, other], verifyEd25519)).toEqual({
      ok: false,
      problem: 'the signature of log.example/other does not fit the text',
    })
  })

  it('does not open without a known key', async () => {
    expect(await openNote(sign(text), [other], verifyEd25519)).toEqual({
      ok: false,
      problem: 'no known key has signed this note',
    })
  })

  it.each([
    ['without a signature', text],
    ['without a final newline', sign(text).slice(0, -1)],
    ['with a tab', sign(text).replace('Ko ', 'Ko\t')],
    ['with half a character', sign(text).replace('Ko', '\ud800')],
    ['with a hyphen for the dash', sign(text).replace('—', '-')],
    ['with a signature that is cut short', `${text}\n— log.example/test AAAA\n`],
  ])('is refused %s', async (_, note) => {
    expect(await openNote(note, [key], verifyEd25519)).toEqual({
      ok: false,
      problem: 'this is not a signed note',
    })
  })

  it('opens only when no letter of it differs', async () => {
    const note = sign(text)
    for (const at of [0, 5, note.indexOf('M')]) {
      const changed = `${note.slice(0, at)}x${note.slice(at + 1)}`
      expect(await openNote(changed, [key], verifyEd25519)).toMatchObject({ ok: false })
    }
  })
})

describe('a published key', () => {
  it('is read back as it was written', () => {
    expect(parseNoteKey(formatNoteKey(key), sha256)).toEqual(key)
  })

  /** The example that golang.org/x/mod/sumdb/note publishes. */
  it('has the id that other implementations give it', () => {
    const published = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const peter = parseNoteKey(published, sha256)
    expect(peter && formatNoteKey(peter)).toBe(published)
  })

  it.each([
    ['another id', formatNoteKey(key).replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['another name', `x${formatNoteKey(key)}`],
    ['no key', 'name+00000000+'],
    ['a space in the name', formatNoteKey(key).replace('log', 'lo g')],
    ['nothing', ''],
  ])('is refused with %s', (_, published) => {
    expect(parseNoteKey(published, sha256)).toBeNull()
  })
})

describe('a checkpoint', () => {
  const body = { origin: 'log.example/test', size: 12, root: new Uint8Array(32).fill(5) }

  it('is read back as it was written, alone or in its note', () => {
    expect(parseCheckpoint(formatCheckpoint(body))).toEqual(body)
    expect(parseCheckpoint(sign(formatCheckpoint(body)))).toEqual(body)
  })

  it.each(['012', '-1', '1.5', '1e3', '', '99999999999999999999'])('has no size %s', (size) => {
    expect(parseCheckpoint(formatCheckpoint(body).replace('\n12\n', `\n${size}\n`))).toBeNull()
  })

  it('has a root of 32 bytes and an origin', () => {
    expect(parseCheckpoint(formatCheckpoint({ ...body, root: new Uint8Array(31) }))).toBeNull()
    expect(parseCheckpoint(formatCheckpoint({ ...body, origin: '' }))).toBeNull()
  })
})

describe('a receipt', () => {
  const leaf = '{"n":0}'
  const root = sha256(new Uint8Array([0, ...Buffer.from(leaf)]))
  const checkpoint = sign(formatCheckpoint({ origin: key.name, size: 1, root }))
  const receipt = formatReceipt({ index: 0, proof: [], checkpoint })
  const crypto = { sha256, verify: verifyEd25519 }

  it('is read back as it was written', () => {
    const proof = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
    expect(parseReceipt(formatReceipt({ index: 7, proof, checkpoint }))).toEqual({
      index: 7,
      proof,
      checkpoint,
    })
  })

  it('proves its entry, whatever extra data it carries', async () => {
    const proved = { ok: true, origin: 'log.example/test', index: 0, size: 1 }
    expect(await verifyReceipt(receipt, leaf, [key], crypto)).toEqual(proved)
    const extra = receipt.replace('\nindex', '\nextra QQ==\nindex')
    expect(await verifyReceipt(extra, leaf, [key], crypto)).toEqual(proved)
  })

  it.each([
    ['another entry', receipt, '{"n":1}', [key], 'is not this one'],
    ['another place', receipt.replace('index 0', 'index 1'), leaf, [key], 'is not this one'],
    ['a key that did not sign', receipt, leaf, [other], 'no known key'],
    ['a text that is no receipt', checkpoint, leaf, [key], 'not a receipt'],
    [
      'a place written otherwise',
      receipt.replace('index 0', 'index 00'),
      leaf,
      [key],
      'not a receipt',
    ],
    ['an entry that is not text', receipt, '\ud800', [key], 'not text'],
  ] as const)('proves nothing for %s', async (_, text, entry, keys, problem) => {
    const check = await verifyReceipt(text, entry, keys, crypto)
    expect(check).toMatchObject({ ok: false, problem: expect.stringContaining(problem) })
  })
})

describe('a disclosure', () => {
  const disclose = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  const mine = disclose(['salt', 'choice', 'āe'])
  const leaf = JSON.stringify({ v: 1, _sd: [disclosureDigest(mine, sha256)] })

  it('opens one private field of an entry', () => {
    expect(openDisclosures(leaf, [mine], sha256)).toEqual([{ name: 'choice', value: 'āe' }])
  })

  it('opens nothing the entry did not commit to', () => {
    expect(openDisclosures(leaf, [disclose(['salt', 'choice', 'kāo'])], sha256)).toEqual([])
    expect(openDisclosures('{}', [mine], sha256)).toEqual([])
    expect(openDisclosures('no json', [mine, '\ud800'], sha256)).toEqual([])
  })

  it.each([disclose(['salt', 'name']), disclose({}), disclose([1, 'name', 2]), '!!', 'gA', ''])(
    'is not %j',
    (text) => {
      expect(parseDisclosure(text)).toBeNull()
    },
  )
})
