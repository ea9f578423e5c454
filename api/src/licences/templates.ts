import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Template } from './licences.ts'

/** When to choose each licence template, in a sentence or two. */
const NOTES: Readonly<Record<string, { title: string; description: string }>> = {
  guardianship: {
    title: 'Guardianship',
    description:
      'For data that stays in the care of the community. Members at home use it freely; everyone else asks the council. Never for commerce, never passed on.',
  },
  'tiered-benefit': {
    title: 'Tiered benefit',
    description:
      'Free for people and bodies of the region; others give back a benefit agreed beforehand. For communities that want use, on fair terms.',
  },
  reinvest: {
    title: 'Reinvest',
    description:
      'Research is open; commercial use is free in the region and pays elsewhere, and the fee goes back into data. Nobody passes the data on.',
  },
  'open-with-credit': {
    title: 'Open with credit',
    description:
      'Anyone may use and pass on the data for purposes that are not commercial, naming everyone who made it.',
  },
  'research-only': {
    title: 'Research only',
    description:
      'For universities, public bodies and nonprofits with ethics approval and without commercial ties. They report back; nothing is passed on.',
  },
  'community-only': {
    title: 'Community only',
    description:
      'For what must never leave. Members look at it in place after a vote; no copy is ever handed out.',
  },
  'staged-release': {
    title: 'Staged release',
    description:
      'Opens by date: first members, then research by vote, at last everyone. For data that needs a time of care before it is shared.',
  },
  open: {
    title: 'Open',
    description:
      'Anyone may do anything and gives credit. For what the community wants everywhere.',
  },
}

const named = z.looseObject({
  title: z.looseObject({ en: z.string() }).optional(),
  text: z.looseObject({ en: z.string() }).optional(),
})

const readFolder = (folder: string): readonly (readonly [string, unknown])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8'))])

/** The licence templates of the kernel; read once at start. */
export const readLicenceTemplates = (root: string): readonly Template[] =>
  readFolder(join(root, 'policies/licences')).map(([name, document]) => ({
    name,
    title: NOTES[name]?.title ?? name,
    description: NOTES[name]?.description ?? '',
    document,
  }))

/** The charter templates of the kernel, which carry their own words. */
export const readCharterTemplates = (root: string): readonly Template[] =>
  readFolder(join(root, 'policies/charters')).map(([name, document]) => {
    const words = named.parse(document)
    return { name, title: words.title?.en ?? name, description: words.text?.en ?? '', document }
  })
