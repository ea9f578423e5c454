import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  attest,
  decide,
  type Published,
  publish,
  requestAccess,
  requestInput,
} from '../../support/journey.ts'
import { join, type Person } from '../../support/person.ts'
import { type Registry, startRegistry } from '../../support/registry.ts'
import { found, foundAnother, type Village } from '../../support/village.ts'
import { revoke, urlOf } from './held.ts'
import { acceptPlace, askWith, newestGrant } from './team.ts'

describe('the team of a grant over what another work was made from', () => {
  let registry: Registry
  let village: Village
  let harbour: Village
  let river: Published
  let made: Published
  let friend: Person
  let origin: string

  const refusal = async (person: Person, changes: object = {}) =>
    (await requestAccess(person, requestInput(made.dataset, changes))).refused
  const door = async (person: Person): Promise<string> => {
    const response = await person.fetch(urlOf(made, 'words.txt'))
    const text = await response.text()
    return response.ok ? text : JSON.parse(text).code
  }

  beforeAll(async () => {
    registry = await startRegistry()
    village = await found(registry)
    harbour = await foundAnother(village, 'harbour')
    river = await publish(village, { 'words.txt': Buffer.from('He kupu.\n') })
    made = await publish(harbour, { 'words.txt': Buffer.from('Words.\n') }, { parents: [river] })
    friend = await join(registry, 'friend@university.example')
    for (const researcher of [village.researcher, friend]) {
      await attest({ ...village, researcher })
      await attest({ ...harbour, researcher })
    }
    const { proposal } = await askWith(village.researcher, river.dataset, [friend.email])
    await decide(village, proposal)
    origin = await newestGrant(village.researcher)
    expect(await acceptPlace(friend, origin)).toBe('ok')
  }, 240_000)
  afterAll(() => registry.close())

  it('opens nothing to one of them alone: the council has voted for its holder', async () => {
    expect(await refusal(friend)).toMatchObject({ code: 'PARENT_FIRST' })
  })

  it('works with its holder on what was made from it', async () => {
    const { proposal } = await askWith(village.researcher, made.dataset, [friend.email])
    await decide(harbour, proposal)
    const grant = await newestGrant(village.researcher)
    expect(await acceptPlace(friend, grant)).toBe('ok')
    expect(await door(friend)).toBe('Words.\n')
    await revoke(village, origin)
    expect([await door(friend), await door(village.researcher)]).toEqual([
      'PARENT_REFUSES',
      'PARENT_REFUSES',
    ])
    expect(registry.faults).toEqual([])
  })
})
