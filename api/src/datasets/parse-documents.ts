import { z } from 'zod'
import { ARTEFACTS } from './artefacts.ts'
import type { Manifest, Statement } from './dataset.ts'

const manifest = z.object({
  dataset: z.string(),
  version: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      sha256: z.string(),
      size: z.number(),
      mediaType: z.string(),
      artefact: z.enum(ARTEFACTS).optional(),
    }),
  ),
  parents: z.array(z.object({ dataset: z.string(), version: z.string() })).optional(),
})

const statement = z.record(z.string(), z.string())

/** A stored manifest; null when there is none. Throws when the document is something else. */
export const parseManifest = (value: unknown): Manifest | null =>
  value === null ? null : manifest.parse(value)

/** A stored data statement; null when there is none. Throws when the document is something else. */
export const parseStatement = (value: unknown): Statement | null =>
  value === null ? null : statement.parse(value)
