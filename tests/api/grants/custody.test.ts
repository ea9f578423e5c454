import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalNow } from '../../../api/src/grants/door.ts'
import type { Grant } from '../../../api/src/grants/grants.ts'
import type { BoundTerms, CustodianTerms } from '../../../api/src/grants/terms.ts'
import type { Licence } from '../../../policies/index.ts'
import { template } from '../../policies/licence-support.ts'
import { type Held, hold } from './held.ts'

/**
 * No dataset can be given to several communities yet; the door knows how to ask them. So what it
 * asks is put in its hands, and the registry behind it is a real one.
 */
describe('the door of what several communities keep', () => {
  let held: Held
  let grant: Grant
  let own: CustodianTerms

  const says = (licence: Licence, community = 'c_another'): CustodianTerms => ({
    dataset: held.published.dataset,
    community,
    digest: licence.uid,
    licence,
    newer: null,
  })

  const answer = async (rule: BoundTerms['rule'], ...custodians: readonly CustodianTerms[]) => {
    const { services } = held.registry.house
    const dataset = await services.datasets.dataset(held.published.dataset)
    if (!dataset) throw new Error('no dataset')
    const deps = {
      ...services,
      store: { grantsUsedBy: async () => [grant], requestsOf: async () => [] },
      licenceOf: async () => own.licence,
      termsOf: async () => [{ dataset, own: true, rule, custodians }],
    }
    const refused = await refusalNow(deps as unknown as Parameters<typeof refusalNow>[0], {
      dataset,
      grant,
      held: [grant],
    })
    return refused?.code ?? 'ok'
  }

  beforeAll(async () => {
    held = await hold()
    const { grants, licences } = held.registry.house.services
    const found = await grants.grant(held.grant)
    const record = await licences.licence(held.village.licence)
    const licence = record && licences.parsed(record)
    if (!found || !licence) throw new Error('nothing is held')
    grant = found
    own = says(licence, held.village.community)
  }, 120_000)
  afterAll(() => held.registry.close())

  it('opens where the one community there is permits', async () => {
    expect(await answer('all', own)).toBe('ok')
    expect(await answer('any', own)).toBe('ok')
  })

  it('asks all of them where all must permit, whichever comes first', async () => {
    const never = says(template('community-only'))
    expect(await answer('all', own, never)).toBe('LICENCE_REFUSES')
    expect(await answer('all', never, own)).toBe('LICENCE_REFUSES')
    expect(await answer('all', own, says(template('open')))).toBe('ok')
  })

  it('takes the yes of one where one is enough', async () => {
    const never = says(template('community-only'))
    expect(await answer('any', never, own)).toBe('ok')
    expect(await answer('any', never, never)).toBe('LICENCE_REFUSES')
  })

  it('does not take the yes of one council for that of another', async () => {
    const elsewhere = says(own.licence)
    expect(await answer('all', own, elsewhere)).toBe('LICENCE_REFUSES')
    expect(await answer('any', elsewhere)).toBe('LICENCE_REFUSES')
  })

  it('opens for nobody where no community speaks', async () => {
    expect(await answer('all')).toBe('LICENCE_REFUSES')
    expect(await answer('any')).toBe('LICENCE_REFUSES')
  })
})
