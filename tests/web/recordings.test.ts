import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedExtensions } from '../../api/src/datasets/media-types.ts'
import {
  fileOf,
  holdVoice,
  recordingName,
  withoutLive,
} from '../../web/src/datasets/kept-recordings.ts'
import {
  judgeLoudness,
  loudnessOf,
  microphoneProblem,
  recordingForm,
} from '../../web/src/datasets/microphone.ts'

const tone = (level: number) => Float32Array.from({ length: 480 }, (_, i) => level * Math.sin(i))

describe('the loudness of a voice', () => {
  it('is nothing in silence and everything at the rail', () => {
    expect(loudnessOf(new Float32Array(480))).toBe(0)
    expect(loudnessOf(new Float32Array(480).fill(1))).toBe(1)
  })

  it('grows with the voice and stays between 0 and 1', () => {
    const level = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(level, level, (a, b) => {
        const [quiet, loud] = [loudnessOf(tone(Math.min(a, b))), loudnessOf(tone(Math.max(a, b)))]
        expect(quiet).toBeLessThanOrEqual(loud + 1e-6)
        expect(quiet).toBeGreaterThanOrEqual(0)
        expect(loud).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is called loud where sounds are cut off and quiet where the room is as loud', () => {
    expect(judgeLoudness(0.9, 1)).toBe('loud')
    expect(judgeLoudness(0.7, 0.6)).toBe('good')
    expect(judgeLoudness(0.1, 0.02)).toBe('quiet')
  })
})

describe('a recording', () => {
  it('is made in a form the registry takes, or not at all', () => {
    const ogg = recordingForm((type) => type.startsWith('audio/ogg'))
    const any = recordingForm(() => true)
    expect(ogg?.ending).toBe('ogg')
    expect(any?.ending).toBe('webm')
    for (const form of [ogg, any]) expect(allowedExtensions('speech')).toContain(form?.ending)
    expect(recordingForm((type) => type === 'audio/mp4')).toBeNull()
  })

  it('has a name that tells when and no more', () => {
    const at = Date.parse('2026-11-23T11:40:05.123Z')
    expect(recordingName(at, 'webm', new Uint8Array([0, 35, 36, 71, 10]))).toBe(
      'recording-20261123-114005-0z0za.webm',
    )
  })

  it('is not offered in another window while somebody is speaking into it', async () => {
    const names = new Set<string>()
    const locks = {
      request: async (name: string, act: () => Promise<void>) => {
        names.add(name)
        await act()
        names.delete(name)
      },
      query: async () => ({ held: [...names].map((name) => ({ name })) }),
    } as unknown as LockManager
    const cut = { name: 'a.webm', dataset: 'd_1', at: 5, prompt: '', whole: false }
    const all = [
      { ...cut, sound: new Blob(['abc']) },
      { ...cut, name: 'b.webm', sound: new Blob(['abc']) },
    ]
    const release = holdVoice(locks, 'a.webm')
    expect((await withoutLive(locks, all)).map(({ name }) => name)).toEqual(['b.webm'])
    release()
    await new Promise((resolve) => setTimeout(resolve))
    expect(await withoutLive(locks, all)).toHaveLength(2)
    expect(await withoutLive(undefined, all)).toHaveLength(2)
  })

  it('becomes the same file after every reload, so that sending goes on', () => {
    const held = { name: 'a.webm', dataset: 'd_1', at: 5, prompt: '', whole: true }
    const file = fileOf({ ...held, sound: new Blob(['abc'], { type: 'audio/webm' }) })
    expect([file.name, file.size, file.lastModified, file.type]).toEqual([
      'a.webm',
      3,
      5,
      'audio/webm',
    ])
  })
})

describe('what a browser says when nothing can be recorded', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['', 'unsupported'],
  ])('%s is told as %s', (name, problem) => {
    expect(microphoneProblem(name)).toBe(problem)
  })
})
