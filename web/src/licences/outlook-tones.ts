import type { Tone } from '../ui/Notice.tsx'

/** Never colour alone: each goes with the words `outlook.…`. */
export const outlookTones = {
  permit: 'good',
  council: 'wait',
  facts: 'note',
  notYet: 'wait',
  deny: 'bad',
} as const satisfies Record<string, Tone>

export type ShownOutlook = keyof typeof outlookTones

export const isOutlook = (code: string): code is ShownOutlook => Object.hasOwn(outlookTones, code)
