import { DUTY_KINDS, type Facts, type Licence, type Use } from '../../../policies/index.ts'

export interface SampleRequest {
  /** Its words are `example.<name>`. */
  readonly name: string
  readonly facts: Facts
  readonly use: Use
}

/** Countries to stand for far away; one that the licence does not call near is taken. */
const FAR = ['DE', 'US', 'JP', 'BR']

/**
 * Requests as they come in practice, placed by the countries of a licence: checked people who keep
 * their promises, so that only the clauses decide.
 */
export function sampleRequests({ home, region }: Licence): readonly SampleRequest[] {
  const near = home[0] ?? region[0] ?? 'NZ'
  const far = FAR.find((code) => !home.includes(code) && !region.includes(code)) ?? 'DE'
  const person: Facts = {
    actorKind: 'individual',
    commercialTie: 'no',
    country: near,
    control: 'region',
    ethicsApproval: 'yes',
    identityAssurance: 2,
    acceptedDuties: DUTY_KINDS,
  }
  const scholar: Facts = { ...person, actorKind: 'academic', country: far, control: 'elsewhere' }
  const company: Facts = { ...scholar, actorKind: 'commercial', commercialTie: 'yes' }
  const one = (
    name: string,
    facts: Facts,
    action: Use['actions'][number],
    goal: Use['purposes'][number],
  ) => ({
    name,
    facts,
    use: { actions: [action], purposes: [goal] },
  })
  return [
    one('member', { ...person, membership: 'member' }, 'download', 'learning'),
    one('neighbour', person, 'download', 'revitalisation'),
    one('scholar', scholar, 'download', 'linguisticResearch'),
    one('paidScholar', { ...scholar, commercialTie: 'yes' }, 'train', 'languageTechnologyResearch'),
    one('journalist', { ...scholar, actorKind: 'individual' }, 'preview', 'journalism'),
    one(
      'localCompany',
      { ...company, country: near, control: 'region' },
      'train',
      'commercialProduct',
    ),
    one('company', company, 'train', 'commercialProduct'),
    one('sharer', { ...person, actorKind: 'nonprofit' }, 'redistribute', 'learning'),
    one('watcher', { ...scholar, actorKind: 'publicBody' }, 'download', 'surveillance'),
  ]
}
