import { describe, expect, it } from 'vitest'
import { checkEntry, proofText } from '../../web/src/log/check-entry.ts'
import { entries, proofAnswer, proofOf, verifierKey } from './support/sample-log.ts'

const entry = (index: number) => {
  const found = entries[index]
  if (!found) throw new Error(`no sample entry ${index}`)
  return found
}

const verdicts = async (...args: Parameters<typeof checkEntry>) =>
  Object.fromEntries((await checkEntry(...args)).steps.map(({ step, ok }) => [step, ok]))

describe('checking an entry of the log', () => {
  it.each(entries.map(({ index }) => index))('verifies entry %i', async (index) => {
    expect(await verdicts(entry(index), proofOf(index), verifierKey)).toEqual({
      leaf: true,
      path: true,
      signature: true,
    })
  })

  it('reads the proof in the form the registry answers with', async () => {
    const text = proofText(proofAnswer(3))
    expect(text).toBe(proofOf(3))
    expect(await verdicts(entry(3), proofText('no proof'), verifierKey)).toEqual({
      malformed: false,
    })
  })

  it('notices one changed byte', async () => {
    const changed = { ...entry(3), leaf: entry(3).leaf.replace('made', 'mode') }
    const steps = await verdicts(changed, proofOf(3), verifierKey)
    expect(steps).toEqual({ leaf: false, path: false, signature: true })
  })

  it('notices a proof of another entry', async () => {
    expect(await verdicts(entry(3), proofOf(4), verifierKey)).toEqual({ malformed: false })
  })

  it('notices a checkpoint that nobody signed', async () => {
    const forged = proofOf(3).replace(
      /^(— \S+ .{10})(.)/m,
      (_all, start: string, byte: string) => start + (byte === 'A' ? 'B' : 'A'),
    )
    expect(await verdicts(entry(3), forged, verifierKey)).toMatchObject({ signature: false })
  })

  it('takes no text for a proof', async () => {
    expect(await verdicts(entry(3), 'not a proof', verifierKey)).toEqual({ malformed: false })
  })
})
