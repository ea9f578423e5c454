import type { Corpus, CorpusFile } from './corpus.ts'
import { draftStatement, type StatementDraft } from './statement.ts'

const RATE = 16_000
const SECONDS = 4
/** Beats in a second, so that the loudness rises and falls as it does in speech. */
const BEATS = 1.5

const encoder = new TextEncoder()

/** A WAV file (RIFF, PCM, 16 bit, one channel) of so many samples between -1 and 1. */
const wav = (samples: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const name = (at: number, text: string) => bytes.set(encoder.encode(text), at)
  name(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  name(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  name(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  for (const [at, sample] of samples.entries())
    view.setInt16(44 + at * 2, Math.round(sample * 20_000), true)
  return bytes
}

/** A hum whose pitch moves from one frequency (Hz) to another, in beats. */
const hum = (from: number, to: number): Uint8Array => {
  let phase = 0
  const samples = Array.from({ length: RATE * SECONDS }, (_, at) => {
    const part = at / (RATE * SECONDS)
    phase += (2 * Math.PI * (from + (to - from) * part)) / RATE
    const loudness = Math.abs(Math.sin((Math.PI * BEATS * at) / RATE)) * Math.sin(Math.PI * part)
    return (
      loudness * (0.7 * Math.sin(phase) + 0.2 * Math.sin(2 * phase) + 0.1 * Math.sin(3 * phase))
    )
  })
  return wav(samples)
}

const beats = Array.from({ length: BEATS * SECONDS }, (_, nth) => ({
  from: nth / BEATS,
  to: (nth + 1) / BEATS,
  text: `beat ${nth + 1}`,
}))

const milliseconds = (seconds: number): number => Math.round(seconds * 1000)

const elan = (): string => {
  const slots = beats.flatMap(({ from, to }, nth) => [
    `<TIME_SLOT TIME_SLOT_ID="s${nth}" TIME_VALUE="${milliseconds(from)}"/>`,
    `<TIME_SLOT TIME_SLOT_ID="e${nth}" TIME_VALUE="${milliseconds(to)}"/>`,
  ])
  const annotations = beats.map(
    ({ text }, nth) =>
      `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a${nth}" TIME_SLOT_REF1="s${nth}" TIME_SLOT_REF2="e${nth}"><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0">',
    '<HEADER TIME_UNITS="milliseconds"/>',
    `<TIME_ORDER>${slots.join('')}</TIME_ORDER>`,
    `<TIER TIER_ID="beats" LINGUISTIC_TYPE_REF="plain">${annotations.join('')}</TIER>`,
    '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="plain" TIME_ALIGNABLE="true"/>',
    '</ANNOTATION_DOCUMENT>',
    '',
  ].join('\n')
}

const textGrid = (): string =>
  [
    '"ooTextFile"',
    '"TextGrid"',
    `0 ${SECONDS} <exists> 1`,
    `"IntervalTier" "beats" 0 ${SECONDS} ${beats.length}`,
    ...beats.map(({ from, to, text }) => `${from.toFixed(3)} ${to.toFixed(3)} "${text}"`),
    '',
  ].join('\n')

const TITLE = 'Hummed tones, made by a computer'
const SUMMARY =
  'This dataset holds a few hummed tones that a program has computed: one that rises, one that falls and one that stays level, with the beats of the first marked in the forms of ELAN and of Praat, and one more that is held back as test data. Nobody speaks in it and no language is heard. It is demonstration data, held by a fictitious community so that the player, the tables and the release of single parts can be tried without touching the voice of anybody.'

const README = `# ${TITLE}\n\n${SUMMARY}\n`

const text = (path: string, mediaType: string, content: string): CorpusFile => ({
  path,
  mediaType,
  bytes: encoder.encode(content),
})
const sound = (path: string, from: number, to: number): CorpusFile => ({
  path,
  mediaType: 'audio/wav',
  bytes: hum(from, to),
})

const COMPUTED = 'Computed by the seed of this demonstration.'

const statementOf = (): StatementDraft => {
  const drafted = draftStatement({
    title: TITLE,
    summary: SUMMARY,
    rationale: 'Something to be heard was needed that belongs to nobody.',
    varieties: [{ tag: 'zxx', prose: 'No language: computed tones.' }],
    preprocessing: 'None: the tones are computed with 16,000 samples a second.',
    leftOut: 0,
    useCases: 'Trying out the player and the release of single parts. Not for training anything.',
  })
  return {
    ...drafted,
    header: `${TITLE}, version 1.0.0. ${COMPUTED}`,
    sourceDatasets: [
      {
        title: 'None: the tones are computed',
        url: 'seed/corpora/tones.ts of this registry',
        licence: 'that of the code',
      },
    ],
    demographic: 'Nobody: the tones are computed.',
    linguisticSituation: 'None: no language is heard.',
    limitations: 'Six files, far too few and too regular to learn anything from.',
    disclosure: 'No ethical review was sought: nobody is heard, named or described.',
    distribution:
      'Offered inside this demonstration under the licence version shown beside it, so that licences, votes and grants can be tried on sound.',
    maintenance: 'Computed anew by the seed command, with the same bytes every time.',
    rai: {
      dataCollection: COMPUTED,
      dataCollectionType: 'Synthetic data',
      dataCollectionTimeframe: 'None.',
      personalSensitiveInformation: 'None: nobody is heard.',
      dataBiases: 'Three ways of moving between two pitches, and no others.',
      dataLimitations: 'No language is heard.',
      dataUseCases: drafted.rai.dataUseCases,
      dataSocialImpact: 'None.',
      dataReleaseMaintenancePlan: 'Computed anew by the seed command.',
    },
  }
}

/** Sounds in which nobody speaks: the demonstration has no voice that it could show. */
export const tones = (): Corpus => {
  return {
    slug: 'tones',
    title: TITLE,
    kind: 'speech',
    languages: ['zxx'],
    files: [
      sound('train/rising.wav', 110, 220),
      sound('train/falling.wav', 220, 110),
      sound('train/level.wav', 165, 165),
      text('train/rising.eaf', 'application/x-elan+xml', elan()),
      text('train/rising.TextGrid', 'text/x-praat-textgrid', textGrid()),
      sound('test/held-back.wav', 130, 180),
      text('README.md', 'text/markdown', README),
    ],
    statement: statementOf(),
    stats: { pairs: 0, sentences: 0, leftOut: [] },
    consent: {
      scope: 'Everything: the tones are computed, and nobody speaks in them.',
      evidence: 'None is needed: no speaker is heard.',
    },
  }
}
