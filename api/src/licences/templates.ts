import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Template } from './licences.ts'
import { TEMPLATE_NOTES } from './template-notes.ts'

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
    ...(TEMPLATE_NOTES[name] ?? { title: name, description: '', inspiredBy: null }),
    document,
  }))

/** The charter templates of the kernel, which carry their own words. */
export const readCharterTemplates = (root: string): readonly Template[] =>
  readFolder(join(root, 'policies/charters')).map(([name, document]) => {
    const words = named.parse(document)
    const [title, description] = [words.title?.en ?? name, words.text?.en ?? '']
    return { name, title, description, inspiredBy: null, document }
  })
