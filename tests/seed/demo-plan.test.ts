import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RECIPES } from '../../seed/corpora/recipes.ts'
import { readDemoPlan } from '../../seed/demo-plan.ts'

const SEED = new URL('../../seed/', import.meta.url)
const template = (kind: 'licences' | 'charters', name: string) =>
  new URL(`../../policies/${kind}/${name}.json`, import.meta.url)

describe('the plan of the demonstration', async () => {
  const { communities, people, datasets } = await readDemoPlan(SEED)
  const slugs = communities.map((c) => c.slug)

  it('has three fictitious communities with three charters and three licences', () => {
    expect(slugs.length).toBe(3)
    expect(new Set(communities.map((c) => c.charterTemplate)).size).toBe(3)
    expect(new Set(communities.map((c) => c.licenceTemplate)).size).toBe(3)
  })

  it('gives every community a council of three to five', () => {
    for (const slug of slugs) {
      const council = people.people.filter((p) =>
        p.memberships.some((m) => m.community === slug && m.bodies.includes('council')),
      )
      expect(council.length).toBeGreaterThanOrEqual(3)
      expect(council.length).toBeLessThanOrEqual(5)
    }
  })

  it('has one operator, who sits in no community', () => {
    const operators = people.people.filter((p) => p.operator)
    expect(operators.map((p) => p.memberships)).toEqual([[]])
  })

  it('has an academic, a nonprofit and a commercial researcher outside every community', () => {
    const outside = people.people.filter((p) => p.memberships.length === 0 && !p.operator)
    expect(outside.map((p) => p.actorKind).sort()).toEqual(['academic', 'commercial', 'nonprofit'])
  })

  it('names everyone once', () => {
    const addresses = people.people.map((p) => p.email)
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  it('takes every corpus into one dataset, through every intended state', () => {
    const corpora = [...RECIPES.map((r) => r.slug), 'tones']
    expect(datasets.map((d) => d.corpus).sort()).toEqual(corpora.sort())
    expect(new Set(datasets.map((d) => d.state))).toEqual(
      new Set(['draft', 'in-vote', 'published', 'embargoed', 'suspended', 'taken-down']),
    )
  })

  it('refers only to communities, people and datasets that exist', () => {
    const addresses = new Set(people.people.map((p) => p.email))
    const names = new Set(datasets.map((d) => d.slug))
    for (const dataset of datasets) {
      expect(slugs).toContain(dataset.community)
      expect(addresses).toContain(dataset.contributor)
      expect(addresses).toContain(dataset.steward)
      if (dataset.keptWith) expect(slugs).toContain(dataset.keptWith.community)
      for (const source of dataset.derivedFrom ?? []) expect(names).toContain(source)
    }
    for (const { memberships } of people.people)
      for (const { community } of memberships) expect(slugs).toContain(community)
  })

  it('says when an embargo ends and why a dataset is suspended or taken down', () => {
    for (const dataset of datasets) {
      expect(dataset.embargoDays !== undefined).toBe(dataset.state === 'embargoed')
      expect(dataset.suspensionReason !== undefined).toBe(dataset.state === 'suspended')
      expect(dataset.takedownReason !== undefined).toBe(dataset.state === 'taken-down')
    }
  })

  it('uses charter and licence templates that exist', () => {
    for (const { charterTemplate, licenceTemplate } of communities) {
      expect(existsSync(template('charters', charterTemplate)), charterTemplate).toBe(true)
      expect(existsSync(template('licences', licenceTemplate)), licenceTemplate).toBe(true)
    }
    for (const { licence } of datasets)
      expect(existsSync(template('licences', licence)), licence).toBe(true)
  })
})

describe('reading the plan', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'))
    for (const name of ['communities.json', 'people.json', 'datasets.json'])
      await writeFile(join(folder, name), await readFile(new URL(name, SEED)))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const readWith = async (name: string, from: string, to: string) => {
    const text = await readFile(join(folder, name), 'utf8')
    await writeFile(join(folder, name), text.replace(from, to))
    return readDemoPlan(pathToFileURL(`${folder}/`))
  }

  it('accepts a copy of the files', async () => {
    await expect(readWith('people.json', 'no such text', '')).resolves.toBeDefined()
  })

  it('refuses an address outside the reserved domain', async () => {
    const at = readWith('people.json', 'operator@registry.example', 'operator@registry.com')
    await expect(at).rejects.toThrow(/email/)
  })

  it('refuses a community that does not call itself fictitious', async () => {
    const renamed = readWith('communities.json', 'Rimu Bay (fictitious)', 'Rimu Bay')
    await expect(renamed).rejects.toThrow(/name/)
  })

  it('refuses an unknown state', async () => {
    await expect(readWith('datasets.json', '"draft"', '"secret"')).rejects.toThrow(/state/)
  })
})
