import { TERRITORIES, type Territory } from './vocabulary.ts'

/**
 * ISO 3166-1 alpha-2 codes officially assigned. The last code was added on 9 August 2011 (SS), the
 * last one withdrawn on 15 December 2010 (AN); a change is a new version of this profile, because it
 * would change what adopted licences say.
 */
const COUNTRIES = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR ' +
    'BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ ' +
    'EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW ' +
    'GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY ' +
    'KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV ' +
    'MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY ' +
    'QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG ' +
    'TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
)

/** Since when the codes are these. */
export const COUNTRIES_FROM = '2011-08-09'

/** Whether `code` is an officially assigned ISO 3166-1 alpha-2 code, in upper case. */
export const isCountry = (code: string): boolean => COUNTRIES.has(code)

/** Every country code, in alphabetical order. */
export const allCountries = (): Iterable<string> => COUNTRIES

/** A dated list: which economies are high income, and which the source does not class at all. */
interface EconomyTable {
  readonly source: string
  readonly from: string
  readonly highIncome: ReadonlySet<string>
  readonly unclassified: ReadonlySet<string>
}

/**
 * Tables by the id a licence names. A table is never edited: a new list gets a new id, so that an
 * old licence keeps its meaning. Channel Islands are listed as GG and JE.
 */
export const ECONOMY_TABLES = {
  worldBankFY26: {
    source: 'World Bank country classification by income level, fiscal year 2026',
    from: '2025-07-01',
    highIncome: new Set(
      (
        'AD AE AG AS AT AU AW BB BE BG BH BM BN BS CA CH CL CR CW CY CZ DE DK EE ES FI FO FR GB GG ' +
        'GI GL GR GU GY HK HR HU IE IL IM IS IT JE JP KN KR KW KY LI LT LU LV MC MF MO MP MT NC NL ' +
        'NO NR NZ OM PA PF PL PR PT PW QA RO RU SA SC SE SG SI SK SM SX TC TT TW US UY VG VI'
      ).split(' '),
    ),
    unclassified: new Set(
      (
        'AI AQ AX BL BQ BV CC CK CX EH ET FK GF GP GS HM IO MQ MS NF NU PM PN RE SH SJ TF TK UM VA ' +
        'VE WF YT'
      ).split(' '),
    ),
  },
} as const satisfies Readonly<Record<string, EconomyTable>>

export type EconomyTableId = keyof typeof ECONOMY_TABLES

/** The country lists of one licence; without a table nobody is known to be in the last two classes. */
export interface TerritoryLists {
  readonly home: readonly string[]
  readonly region: readonly string[]
  readonly economyTable?: EconomyTableId
}

const NO_TERRITORY: readonly Territory[] = []
const NOT_LISTED: readonly Territory[] = ['nonHighIncome', 'other']

/**
 * The classes a country may be in under a licence: one, or both of the last two when the named
 * table does not class it (or none is named), or none for a code that is not a country.
 * The first list that holds a country wins: home, region, income.
 */
export function territoriesOf(country: string, lists: TerritoryLists): readonly Territory[] {
  if (!isCountry(country)) return NO_TERRITORY
  if (lists.home.includes(country)) return ['home']
  if (lists.region.includes(country)) return ['region']
  if (lists.economyTable === undefined) return NOT_LISTED
  const table: EconomyTable = ECONOMY_TABLES[lists.economyTable]
  if (table.unclassified.has(country)) return NOT_LISTED
  return table.highIncome.has(country) ? ['other'] : ['nonHighIncome']
}

/** One country for each class that has any, to stand for the others of its class in proofs. */
export function countryOfEach(lists: TerritoryLists): ReadonlyMap<Territory, string> {
  const found = new Map<Territory, string>()
  for (const country of COUNTRIES) {
    const [only, ...others] = territoriesOf(country, lists)
    if (only !== undefined && others.length === 0 && !found.has(only)) found.set(only, country)
  }
  return found
}

/** Whether `name` is a territory class. */
export const isTerritory = (name: unknown): name is Territory =>
  TERRITORIES.some((known) => known === name)
