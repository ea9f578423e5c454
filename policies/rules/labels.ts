import type { DutyKind } from './vocabulary.ts'

/**
 * Local Contexts labels and notices by their public code. Only codes are kept: names, texts and
 * icons belong to Local Contexts and are shown from its Hub by identifier, never from here.
 */

/** What a label adds to a licence that carries it. Effects only ever narrow. */
export type LabelEffect =
  | { readonly kind: 'display' }
  | { readonly kind: 'blocksPublication' }
  | { readonly kind: 'barsCommercial' }
  | { readonly kind: 'refersCommercial' }
  | { readonly kind: 'membersOnly' }
  | { readonly kind: 'inPlaceByCouncil' }
  | { readonly kind: 'communityPurposesOnly' }
  | { readonly kind: 'researchOnly' }
  | { readonly kind: 'councilDecides' }
  | { readonly kind: 'needsMonths' }
  | { readonly kind: 'duty'; readonly duty: DutyKind }

export interface Label {
  readonly family: 'tk' | 'bc' | 'notice'
  readonly effect: LabelEffect
}

const tk = (effect: LabelEffect): Label => ({ family: 'tk', effect })
const bc = (effect: LabelEffect): Label => ({ family: 'bc', effect })
const notice: Label = { family: 'notice', effect: { kind: 'display' } }
const display: LabelEffect = { kind: 'display' }
const council: LabelEffect = { kind: 'councilDecides' }
const attribute: LabelEffect = { kind: 'duty', duty: 'attribute' }

/** The 30 labels and 4 notices; a code outside this table is refused. */
export const LABELS = {
  tka: tk(attribute),
  tkcr: tk(attribute),
  tkcl: tk(council),
  tkf: tk(council),
  tkmc: tk(council),
  tkmg: tk(council),
  tkmr: tk(council),
  tkwg: tk(council),
  tkwr: tk(council),
  tkco: tk({ kind: 'membersOnly' }),
  tko: tk({ kind: 'communityPurposesOnly' }),
  tknc: tk({ kind: 'barsCommercial' }),
  tkoc: tk({ kind: 'refersCommercial' }),
  tkss: tk({ kind: 'inPlaceByCouncil' }),
  tks: tk({ kind: 'needsMonths' }),
  tkv: tk(display),
  tknv: tk({ kind: 'blocksPublication' }),
  tkcs: tk(display),
  tkcv: tk(display),
  tkcb: tk(display),
  bcp: bc(attribute),
  bccl: bc(council),
  bcmc: bc(council),
  bcnc: bc({ kind: 'barsCommercial' }),
  bcoc: bc({ kind: 'refersCommercial' }),
  bco: bc({ kind: 'communityPurposesOnly' }),
  bcr: bc({ kind: 'researchOnly' }),
  bccv: bc(display),
  bccnv: bc({ kind: 'blocksPublication' }),
  bccb: bc(display),
  attribution_incomplete: notice,
  biocultural: notice,
  traditional_knowledge: notice,
  open_to_collaborate: notice,
} as const satisfies Readonly<Record<string, Label>>

export type LabelCode = keyof typeof LABELS

/** Whether `code` is one of the labels or notices of the table. */
export const isLabelCode = (code: string): code is LabelCode => Object.hasOwn(LABELS, code)
