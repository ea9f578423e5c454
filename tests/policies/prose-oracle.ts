import type { Action, ActorKind, DutyKind, Outcome, Purpose } from '../../policies/index.ts'
import { EMBARGO, EXPIRY, OPEN, type TemplateName } from './licence-support.ts'

/**
 * What each template means, said once more from its description and in no word of the kernel. The
 * dates are those the tests fill in; home is GH, the region BJ, NG and TG.
 */

/** Everything known about one request. */
export interface Asked {
  readonly action: Action
  readonly purpose: Purpose
  readonly actorKind: ActorKind
  readonly companyBehind: boolean
  readonly country: 'GH' | 'TG' | 'IN' | 'DE'
  readonly headOffice: 'region' | 'elsewhere'
  readonly ethics: boolean
  readonly vote: 'approved' | 'rejected' | 'lapsed'
  readonly refused: boolean
  readonly member: boolean
  readonly identity: 0 | 1 | 2 | 3
  readonly overdue: number
  readonly benefitSigned: boolean
  readonly promised: readonly DutyKind[]
  readonly now: number
}

const promises = (asked: Asked, ...duties: readonly DutyKind[]): boolean =>
  duties.every((duty) => asked.promised.includes(duty))

/** Checked by an institution at least, and late with nothing. */
const trusted = ({ identity, overdue }: Asked): boolean => identity >= 2 && overdue === 0

const commercial = ({ actorKind, companyBehind }: Asked): boolean =>
  actorKind === 'commercial' || companyBehind

const WATCHING: readonly Purpose[] = ['surveillance', 'profiling', 'advertising']
const RESEARCH: readonly Purpose[] = [
  'linguisticResearch',
  'languageTechnologyResearch',
  'evaluation',
  'preservation',
]

/** A purpose nobody has listed is for people to decide, wherever a purpose matters. */
function byPurpose({ purpose }: Asked, welcome: (purpose: Purpose) => boolean): Outcome {
  if (purpose === 'unlisted') return 'refer'
  return welcome(purpose) ? 'permit' : 'deny'
}

/**
 * Guardianship: members at home or in the region may preview, download, derive and train; others,
 * and members elsewhere, need a vote. For use in the community, learning, revitalisation, both
 * kinds of research and preservation. Never commercial by kind or tie, never passed on. From the
 * end of the embargo to the end of the term. Credit, a report and giving back are promised. The
 * council can turn anybody down. Everybody may see that it exists.
 */
function guardianship(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (!['preview', 'download', 'derive', 'train'].includes(asked.action)) return 'deny'
  if (commercial(asked) || asked.refused || !trusted(asked)) return 'deny'
  if (asked.now < EMBARGO || asked.now >= EXPIRY) return 'deny'
  if (!promises(asked, 'attribute', 'reportBack', 'shareBack')) return 'deny'
  const near = asked.country === 'GH' || asked.country === 'TG'
  if (!(asked.member && near) && asked.vote !== 'approved') return 'deny'
  const care: readonly Purpose[] = ['communityUse', 'learning', 'revitalisation', 'preservation']
  return byPurpose(asked, (purpose) => care.includes(purpose) || /Research$/.test(purpose))
}

/**
 * Tiered benefit: those at home, in the region or in a country that is not rich, and controlled
 * from the region, use it freely and share alike, and only they pass it on. Everybody else first
 * signs what they give back and shares the benefit. Credit in any case. Never for watching people,
 * keeping files on them or advertising. The council can turn anybody down.
 */
function tieredBenefit(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (asked.refused || !trusted(asked) || !promises(asked, 'attribute')) return 'deny'
  const near = asked.country !== 'DE' && asked.headOffice === 'region'
  const free = near && promises(asked, 'shareAlike')
  const paid = asked.benefitSigned && promises(asked, 'benefitShare')
  if (!free && !(paid && asked.action !== 'redistribute')) return 'deny'
  return byPurpose(asked, (purpose) => !WATCHING.includes(purpose))
}

/**
 * Reinvest: research and every other purpose that sells nothing is free for whoever is no company
 * and has none behind them; products, too, for those at home or in the region who are controlled
 * from there; all of these share alike. Anybody else signs and pays the benefit. Never passed on;
 * never for watching, files on people, advertising, copying voices or larger collections. Credit
 * in any case.
 */
function reinvest(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (asked.action === 'redistribute') return 'deny'
  if (!trusted(asked) || !promises(asked, 'attribute')) return 'deny'
  const never: readonly Purpose[] = [...WATCHING, 'voiceImitation', 'corpusBuilding']
  const local = ['GH', 'TG'].includes(asked.country) && asked.headOffice === 'region'
  const alike = promises(asked, 'shareAlike')
  const paid = asked.benefitSigned && promises(asked, 'benefitShare')
  const forSale = (local && alike) || paid
  const forOthers = forSale || (alike && !commercial(asked))
  if (!forOthers) return 'deny'
  return byPurpose(
    asked,
    (purpose) => !never.includes(purpose) && (purpose !== 'commercialProduct' || forSale),
  )
}

/**
 * Open with credit: anybody, any use, passing on too, with credit to all who made it; but not for
 * products to sell, watching, files on people, advertising or copying voices.
 */
function openWithCredit(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (!promises(asked, 'attribute')) return 'deny'
  const barred: readonly Purpose[] = [...WATCHING, 'commercialProduct', 'voiceImitation']
  return byPurpose(asked, (purpose) => !barred.includes(purpose))
}

/**
 * Research only: universities, public bodies and non-profits with ethics approval and no company
 * behind them, for research, testing and preservation; any use but passing on. From the end of the
 * embargo to the end of the term. Credit and a report. The council can turn anybody down.
 */
function researchOnly(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (asked.action === 'redistribute') return 'deny'
  const scholar = ['academic', 'publicBody', 'nonprofit'].includes(asked.actorKind)
  if (!scholar || asked.companyBehind || !asked.ethics || asked.refused) return 'deny'
  if (!trusted(asked) || !promises(asked, 'attribute', 'reportBack')) return 'deny'
  if (!(asked.now >= EMBARGO && asked.now < EXPIRY)) return 'deny'
  return byPurpose(asked, (purpose) => RESEARCH.includes(purpose))
}

/**
 * Community only: members, by vote, work with it where it is; no copy leaves and only members see
 * that it exists. Never commercial by kind, tie or purpose, never for copying voices, larger
 * collections, watching, files on people or advertising. Credit, and its labels stay with it. The
 * council can turn anybody down.
 */
function communityOnly(asked: Asked): Outcome {
  if (!asked.member) return 'deny'
  if (asked.action === 'discover') return 'permit'
  if (asked.action !== 'useInPlace' || asked.vote !== 'approved') return 'deny'
  if (commercial(asked) || asked.refused || !trusted(asked)) return 'deny'
  if (!promises(asked, 'attribute', 'noticeLabels')) return 'deny'
  const trade: readonly Purpose[] = ['commercialProduct', 'voiceImitation', 'corpusBuilding']
  return byPurpose(asked, (purpose) => ![...WATCHING, ...trade].includes(purpose))
}

/**
 * Staged release: members who have shown their e-mail address preview it and work with it in place
 * from the first day. From the first date on, research by universities, public bodies and
 * non-profits without a company behind them, for research, testing and preservation, by vote, with
 * a report. From the second date on everybody may do everything. Credit at each stage. Never for
 * watching, files on people, advertising or copying voices. The council can turn anybody down.
 */
function stagedRelease(asked: Asked): Outcome {
  if (asked.action === 'discover') return 'permit'
  if (asked.refused || !promises(asked, 'attribute')) return 'deny'
  const { action, now } = asked
  const inside = asked.member && asked.identity >= 1 && asked.overdue === 0
  const open = now >= OPEN || (inside && ['preview', 'useInPlace'].includes(action))
  if (open) return byPurpose(asked, (purpose) => ![...WATCHING, 'voiceImitation'].includes(purpose))
  const scholar = ['academic', 'publicBody', 'nonprofit'].includes(asked.actorKind)
  const voted = scholar && !asked.companyBehind && asked.vote === 'approved'
  if (now < EMBARGO || action === 'redistribute' || !voted) return 'deny'
  if (!trusted(asked) || !promises(asked, 'reportBack')) return 'deny'
  return byPurpose(asked, (purpose) => RESEARCH.includes(purpose))
}

/** Open: anybody may do anything, with credit. */
const open = (asked: Asked): Outcome =>
  asked.action === 'discover' || promises(asked, 'attribute') ? 'permit' : 'deny'

export const PROSE: Readonly<Record<TemplateName, (asked: Asked) => Outcome>> = {
  guardianship,
  'tiered-benefit': tieredBenefit,
  reinvest,
  'open-with-credit': openWithCredit,
  'research-only': researchOnly,
  'community-only': communityOnly,
  'staged-release': stagedRelease,
  open,
}
