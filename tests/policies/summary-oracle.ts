import type { Outcome } from '../../policies/index.ts'
import { EMBARGO, EXPIRY, OPEN, type TemplateName } from './licence-support.ts'
import type { Asked } from './prose-oracle.ts'
import { answer, type Licence, type ListedPurpose } from './summary-reading.ts'
import {
  ALL_BUT_PASSING_ON,
  before,
  companyBehind,
  councilSaidYes,
  councilTurnedDown,
  either,
  emailIsYours,
  ethicsSaidYes,
  from,
  grant,
  headOfficeInRegion,
  homeOrRegion,
  homeRegionOrNotRich,
  isCompany,
  isFor,
  isMember,
  mayNot,
  mayNotUseIf,
  noCompanyBehind,
  notCompany,
  promisesKept,
  SEE,
  schoolOfficeOrNonprofit,
  signedSharing,
  USE,
  workplaceChecked,
} from './summary-words.ts'

/**
 * What each template answers, read by another hand: written from the English summaries the product
 * shows, by somebody who had seen neither the kernel, nor the templates, nor the other oracle.
 */

/**
 * Anybody sees it. Sample, copy, new things and training (not work in place): for community,
 * learning, revitalisation, the two researches or keeping it safe; workplace checked, nothing
 * overdue, from 2026 until before 2031; somebody outside home and region needs the council's
 * yes, and so does a non-member. Name, report back, share back. Never a company or somebody
 * with one behind them, never for sale, voices, collections, watching, files or advertising,
 * never passed on, never after the council turned the person down.
 */
const guardianship: Licence = {
  grants: [
    grant(SEE),
    grant(
      ['preview', 'download', 'derive', 'train'],
      [
        isFor(
          'communityUse',
          'learning',
          'revitalisation',
          'linguisticResearch',
          'languageTechnologyResearch',
          'preservation',
        ),
        workplaceChecked,
        promisesKept,
        from(EMBARGO),
        before(EXPIRY),
        either(homeOrRegion, councilSaidYes),
        either(isMember, councilSaidYes),
      ],
      ['attribute', 'reportBack', 'shareBack'],
    ),
  ],
  bars: [
    mayNotUseIf(isCompany),
    mayNotUseIf(companyBehind),
    mayNotUseIf(
      isFor(
        'commercialProduct',
        'voiceImitation',
        'corpusBuilding',
        'surveillance',
        'profiling',
        'advertising',
      ),
    ),
    mayNot(['redistribute']),
    mayNotUseIf(councilTurnedDown),
  ],
}

/**
 * Anybody sees it. Somebody in home, region or a country that is not rich, whose head office is
 * in the region, uses it in every way (passing on too): names, and shares alike. Whoever has
 * signed how they share uses it in every way but passing on: names, and shares the gain. Both:
 * workplace checked, nothing overdue. Never for watching, files or advertising, never after the
 * council turned the person down.
 */
const tieredBenefit: Licence = {
  grants: [
    grant(SEE),
    grant(
      USE,
      [workplaceChecked, promisesKept, homeRegionOrNotRich, headOfficeInRegion],
      ['attribute', 'shareAlike'],
    ),
    grant(
      ALL_BUT_PASSING_ON,
      [workplaceChecked, promisesKept, signedSharing],
      ['attribute', 'benefitShare'],
    ),
  ],
  bars: [
    mayNotUseIf(isFor('surveillance', 'profiling', 'advertising')),
    mayNotUseIf(councilTurnedDown),
  ],
}

/** The ten purposes of `reinvest` before "a product to be sold". */
const SELLS_NOTHING: readonly ListedPurpose[] = [
  'communityUse',
  'learning',
  'revitalisation',
  'publicService',
  'preservation',
  'linguisticResearch',
  'languageTechnologyResearch',
  'evaluation',
  'journalism',
  'communityProduct',
]

/**
 * Anybody sees it. Every use but passing on, with workplace checked and nothing overdue, in three
 * ways: (1) for one of ten purposes, no company and none behind: names, shares alike; (2) for
 * these or a product to be sold, in home or region with the head office in the region: names,
 * shares alike; (3) for the same as (2), having signed how they share: names, shares the gain.
 * Never for voices, watching, files or advertising, never passed on.
 */
const reinvest: Licence = {
  grants: [
    grant(SEE),
    grant(
      ALL_BUT_PASSING_ON,
      [workplaceChecked, promisesKept, isFor(...SELLS_NOTHING), notCompany, noCompanyBehind],
      ['attribute', 'shareAlike'],
    ),
    grant(
      ALL_BUT_PASSING_ON,
      [
        workplaceChecked,
        promisesKept,
        isFor(...SELLS_NOTHING, 'commercialProduct'),
        homeOrRegion,
        headOfficeInRegion,
      ],
      ['attribute', 'shareAlike'],
    ),
    grant(
      ALL_BUT_PASSING_ON,
      [workplaceChecked, promisesKept, isFor(...SELLS_NOTHING, 'commercialProduct'), signedSharing],
      ['attribute', 'benefitShare'],
    ),
  ],
  bars: [
    mayNotUseIf(isFor('voiceImitation', 'surveillance', 'profiling', 'advertising')),
    mayNot(['redistribute']),
  ],
}

/**
 * Anybody sees it; anybody who names the people uses it in every way. Never for a product to be
 * sold, voices, watching, files or advertising.
 */
const openWithCredit: Licence = {
  grants: [grant(SEE), grant(USE, [], ['attribute'])],
  bars: [
    mayNotUseIf(
      isFor('commercialProduct', 'voiceImitation', 'surveillance', 'profiling', 'advertising'),
    ),
  ],
}

/**
 * Anybody sees it. Every use but passing on: for the two researches, testing or keeping it safe,
 * by a school, public office or non-profit, with an ethics board's yes, workplace checked,
 * nothing overdue, from 2026 until before 2031. Name and report back. Never a company or
 * somebody with one behind them, never for sale, voices, watching, files or advertising, never
 * passed on, never after the council turned the person down.
 */
const researchOnly: Licence = {
  grants: [
    grant(SEE),
    grant(
      ALL_BUT_PASSING_ON,
      [
        isFor('linguisticResearch', 'languageTechnologyResearch', 'evaluation', 'preservation'),
        schoolOfficeOrNonprofit,
        ethicsSaidYes,
        workplaceChecked,
        promisesKept,
        from(EMBARGO),
        before(EXPIRY),
      ],
      ['attribute', 'reportBack'],
    ),
  ],
  bars: [
    mayNotUseIf(isCompany),
    mayNotUseIf(companyBehind),
    mayNotUseIf(
      isFor('commercialProduct', 'voiceImitation', 'surveillance', 'profiling', 'advertising'),
    ),
    mayNot(['redistribute']),
    mayNotUseIf(councilTurnedDown),
  ],
}

/**
 * Only members see it. Only members work with it, in place, with workplace checked, nothing
 * overdue and the council's yes: name, keep the labels. Nothing else is ever done with it. Never
 * a company or somebody with one behind them, never for sale, voices, collections, watching,
 * files or advertising, never after the council turned the person down.
 */
const communityOnly: Licence = {
  grants: [
    grant(SEE, [isMember]),
    grant(
      ['useInPlace'],
      [workplaceChecked, promisesKept, isMember, councilSaidYes],
      ['attribute', 'noticeLabels'],
    ),
  ],
  bars: [
    mayNot(['preview', 'download', 'derive', 'train', 'redistribute']),
    mayNotUseIf(isCompany),
    mayNotUseIf(companyBehind),
    mayNotUseIf(
      isFor(
        'commercialProduct',
        'voiceImitation',
        'corpusBuilding',
        'surveillance',
        'profiling',
        'advertising',
      ),
    ),
    mayNotUseIf(councilTurnedDown),
  ],
}

/**
 * Anybody sees it. (1) At any time, members with a checked e-mail and nothing overdue see a
 * sample or work in place: name. (2) From 2026, schools, public offices and non-profits without a
 * company behind them, workplace checked, nothing overdue, for the two researches, testing or
 * keeping it safe, with the council's yes, do all but pass it on: name, report back. (3) From
 * 2029 anybody uses it in every way: name. Never for voices, watching, files or advertising,
 * never after the council turned the person down.
 */
const stagedRelease: Licence = {
  grants: [
    grant(SEE),
    grant(['preview', 'useInPlace'], [emailIsYours, promisesKept, isMember], ['attribute']),
    grant(
      ALL_BUT_PASSING_ON,
      [
        workplaceChecked,
        promisesKept,
        from(EMBARGO),
        schoolOfficeOrNonprofit,
        noCompanyBehind,
        isFor('linguisticResearch', 'languageTechnologyResearch', 'evaluation', 'preservation'),
        councilSaidYes,
      ],
      ['attribute', 'reportBack'],
    ),
    grant(USE, [from(OPEN)], ['attribute']),
  ],
  bars: [
    mayNotUseIf(isFor('voiceImitation', 'surveillance', 'profiling', 'advertising')),
    mayNotUseIf(councilTurnedDown),
  ],
}

/** Anybody sees it; anybody who names the people uses it in every way, for whatever purpose. */
const open: Licence = {
  grants: [grant(SEE), grant(USE, [], ['attribute'])],
  bars: [],
}

export const READ_FROM_SUMMARY: Readonly<Record<TemplateName, (asked: Asked) => Outcome>> = {
  guardianship: answer(guardianship),
  'tiered-benefit': answer(tieredBenefit),
  reinvest: answer(reinvest),
  'open-with-credit': answer(openWithCredit),
  'research-only': answer(researchOnly),
  'community-only': answer(communityOnly),
  'staged-release': answer(stagedRelease),
  open: answer(open),
}
