import { describe, expect, it } from 'vitest'
import { collectFacts, type FactsDeps } from '../../../api/src/grants/facts.ts'
import type { Account } from '../../../api/src/people/people.ts'

const account: Account = {
  id: 'a_1',
  email: 'ana@new.example',
  name: 'Ana',
  operator: false,
  createdAt: 0,
  emailVerifiedAt: 1,
}

const factsOf = (person: Account, vouched?: number) => {
  const deps = {
    people: {
      account: async () => person,
      memberOf: async () => null,
      attested: async () =>
        vouched === undefined ? null : { identityAssurance: vouched, since: 0 },
    },
    store: { grantsUsedBy: async () => [] },
  } as unknown as FactsDeps
  const question = {
    account: person.id,
    community: 'c_1',
    declared: {},
    acceptedDuties: [],
    now: 2,
  }
  return collectFacts(deps, question)
}

describe('how well somebody is known', () => {
  it('is an e-mail address once its person has shown that it is theirs, and nothing before', async () => {
    expect((await factsOf(account)).identityAssurance).toBe(1)
    expect((await factsOf({ ...account, emailVerifiedAt: null })).identityAssurance).toBe(0)
  })

  it('is what the council vouches for, whatever the address', async () => {
    const unverified = { ...account, emailVerifiedAt: null }
    for (const level of [0, 2, 3]) {
      expect((await factsOf(unverified, level)).identityAssurance).toBe(level)
    }
  })

  it('is never what the person declares', async () => {
    const declared = { identityAssurance: 3 } as const
    const deps = { people: {}, store: {} } as unknown as FactsDeps
    const question = { account: null, community: 'c_1', declared, acceptedDuties: [], now: 2 }
    expect((await collectFacts(deps, question)).identityAssurance).toBe(0)
  })
})
