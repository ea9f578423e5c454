import { ContentError } from './content-error.ts'
import type { Format, Sight } from './sight.ts'
import type { Source } from './source.ts'
import { decoded, MAX_PIECE } from './text.ts'

// Praat reads free-standing numbers, flags and quoted texts alone; all the rest is decoration.
const TOKEN =
  /"((?:[^"]|"")*)"|<(\w+)>|(?<=^|\s)(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s|$)|!.*$|[^\s"]+/gmu

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly text: string }

const tokenOf = ([, text, flag, number]: RegExpMatchArray): Token | null => {
  if (text !== undefined) return { kind: 'text', text: text.replaceAll('""', '"') }
  if (flag !== undefined) return { kind: 'flag', text: flag }
  return number === undefined ? null : { kind: 'number', value: Number(number) }
}

/** Where the last complete line ends outside of quotes, or -1. */
const lastSafeEnd = (text: string): number => {
  let quoted = false
  let safe = -1
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (text[i] === '\n' && !quoted) safe = i
  }
  return safe
}

async function* tokensOf(source: Source): AsyncIterable<Token> {
  let rest = ''
  const read = function* (text: string): Iterable<Token> {
    for (const match of text.matchAll(TOKEN)) {
      const token = tokenOf(match)
      if (token) yield token
    }
  }
  for await (const text of decoded(source)) {
    rest += text
    const end = lastSafeEnd(rest)
    yield* read(rest.slice(0, end + 1))
    rest = rest.slice(end + 1)
    if (rest.length > MAX_PIECE) throw new ContentError('a quoted text never closes; add the quote')
  }
  if ((rest.split('"').length - 1) % 2 === 1)
    throw new ContentError('a quoted text never closes; add the quote')
  yield* read(rest)
}

/** Hands over the tokens one by one, each as what is expected in its place. */
const createHand = (source: Source) => {
  const tokens = tokensOf(source)[Symbol.asyncIterator]()
  let count = 0
  const take = async <K extends Token['kind']>(kind: K, what: string) => {
    const { value, done } = await tokens.next()
    count++
    if (done || value.kind !== kind)
      throw new ContentError(`value ${count} is not ${what}; save it anew with Praat as text`)
    return value as Extract<Token, { kind: K }>
  }
  return {
    text: async (what: string) => (await take('text', what)).text,
    number: async (what: string) => (await take('number', what)).value,
    flag: async (what: string) => (await take('flag', what)).text,
    end: async () => {
      if (!(await tokens.next()).done)
        throw new ContentError('something follows its last tier; save it anew with Praat')
    },
    close: async () => void (await tokens.return?.()),
  }
}

type Hand = ReturnType<typeof createHand>

/** What stands at a time of one tier. */
export interface Mark {
  readonly tier: number
  /** Seconds; the same where it is a point. */
  readonly from: number
  readonly to: number
  readonly text: string
}

const span = async (hand: Hand, what: string): Promise<readonly [number, number]> => {
  const from = await hand.number(`the start of ${what}`)
  const to = await hand.number(`the end of ${what}`)
  if (to < from) throw new ContentError(`${what} ends before it starts; correct its times`)
  return [from, to]
}

const point = async (hand: Hand, what: string): Promise<readonly [number, number]> => {
  const at = await hand.number(`the time of ${what}`)
  return [at, at]
}

async function* tier(hand: Hand, number: number, sight: Sight): AsyncIterable<Mark> {
  const kind = await hand.text(`the class of tier ${number}`)
  if (kind !== 'IntervalTier' && kind !== 'TextTier')
    throw new ContentError(`tier ${number} is neither IntervalTier nor TextTier`)
  const name = await hand.text(`the name of tier ${number}`)
  if (name.trim() !== '') sight.personal({ where: `name of tier ${number}`, value: name })
  await span(hand, `tier ${number}`)
  const marks = await hand.number(`the number of marks in tier ${number}`)
  for (let i = 1; i <= marks; i++) {
    const what = `mark ${i} of tier ${number}`
    const [from, to] = await (kind === 'IntervalTier' ? span : point)(hand, what)
    yield { tier: number, from, to, text: await hand.text(`the text of ${what}`) }
  }
}

async function* grid(hand: Hand, sight: Sight): AsyncIterable<Mark> {
  if ((await hand.text('the file type "ooTextFile"')) !== 'ooTextFile')
    throw new ContentError('it does not begin with "ooTextFile"; save it with Praat as text')
  if ((await hand.text('the object class "TextGrid"')) !== 'TextGrid')
    throw new ContentError('it holds no TextGrid; select the TextGrid in Praat and save that')
  await span(hand, 'the whole')
  const exists = await hand.flag('<exists> or <absent>')
  const tiers = exists === 'exists' ? await hand.number('the number of tiers') : 0
  for (let i = 1; i <= tiers; i++) yield* tier(hand, i, sight)
  await hand.end()
}

/** Every mark of a TextGrid, tier by tier; whoever has enough may stop. */
export async function* marksIn(source: Source, sight: Sight): AsyncIterable<Mark> {
  const hand = createHand(source)
  try {
    yield* grid(hand, sight)
  } finally {
    await hand.close()
  }
}

/** A TextGrid of Praat in its text forms, long or short ("TextGrid file formats" of its manual). */
export const textGrid: Format = async (source, sight) => {
  const head = await source.at(0, 2)
  if (head.length === 2 && [0xfeff, 0xfffe].includes(head.readUInt16BE(0)))
    throw new ContentError(
      'it is UTF-16 text; in Praat choose UTF-8 under Text writing preferences and save it again',
    )
  for await (const { text } of marksIn(source, sight)) {
    sight.unit(text)
    sight.words(text)
  }
}
