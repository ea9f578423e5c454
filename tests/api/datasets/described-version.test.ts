import { describe, expect, it } from 'vitest'
import { croissantOf } from '../../../api/src/datasets/croissant.ts'
import type { Dataset, Version } from '../../../api/src/datasets/datasets.ts'
import { described } from '../../../api/src/http/hub/entries.ts'
import type { Community } from '../../../api/src/people/people.ts'

const dataset: Dataset = {
  id: 'd_river',
  community: 'c_village',
  title: 'Words by the river',
  description: 'A list of words.',
  kind: 'text',
  languages: ['mi'],
  keywords: [],
  creator: null,
  createdAt: 0,
  newest: '2.0.0',
  stage: 5,
  embargoUntil: null,
  licence: 'sha256-new',
  publishedAt: 2,
  suspension: null,
  custody: { rule: 'all', others: [] },
}
const older: Version = {
  dataset: 'd_river',
  version: '1.0.0',
  manifestDigest: `sha256-${'1'.repeat(64)}`,
  statementDigest: 'sha256-statement',
  licence: 'sha256-old',
  contributions: [],
  parents: [],
  assembledAt: 0,
  publishedAt: 1,
  proposal: null,
  narrows: null,
}
const community: Community = {
  id: 'c_village',
  slug: 'village',
  name: 'A village',
  description: '',
  fictitious: true,
  foundedAt: 0,
  charter: { digest: '', document: {}, version: 1 },
}
const publicUrl = 'https://registry.example'

describe('an older version, as other programs read of it', () => {
  it('names the licence it is under itself, not that of the newest', () => {
    const parts = { dataset, community, version: older, files: [], statement: {}, publicUrl }
    const { license } = croissantOf({ ...parts, policy: {}, names: {} })
    expect(license).toBe(`${publicUrl}/licences/sha256-old.jsonld`)
    const { cardData } = described({ dataset, community, version: older }, [], publicUrl)
    expect(cardData.license_link).toBe(`${publicUrl}/licences/sha256-old.jsonld`)
    expect(cardData.license_name).toBe('sha256-old')
  })
})
