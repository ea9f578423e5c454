import { previewUrl } from '../datasets/file-path.ts'
import { isRefusal } from '../errors.ts'
import type { Resolvers } from '../graphql/generated.ts'
import { shown } from '../people/resolvers.ts'
import type { Preview } from './preview.ts'

const soundIn = ({ sample: { sound }, dataset, version, file }: Preview) => {
  if (!sound) return null
  const { seconds, ofSeconds, peaks } = sound
  const about = { dataset: dataset.id, version: version.version }
  return { url: previewUrl(about, file.path), seconds, ofSeconds, peaks: [...peaks] }
}

const tableIn = ({ sample: { table } }: Preview) =>
  table && {
    columns: [...table.columns],
    rows: table.rows.map((row) => [...row]),
    read: table.read,
  }

/** What of the bytes themselves can be read on pages, each after a decision of its own. */
export const resolvers: Resolvers = {
  Query: {
    preview: async (_, { dataset, version, path, purposes, promises }, { actor, grants }) => {
      const found = await grants.preview(actor, {
        dataset,
        version: version ?? null,
        path: path ?? null,
        purposes: purposes ?? [],
        promises: promises ?? [],
      })
      if (isRefusal(found)) return { refused: shown(found) }
      const { sample } = found
      return {
        preview: {
          version: found.version.version,
          path: found.file.path,
          files: found.files.map((file) => file.path),
          lines: sample.lines && [...sample.lines],
          table: tableIn(found),
          sound: soundIn(found),
          more: sample.more,
        },
      }
    },
  },
  FileChange: {
    rows: (change, _, { actor, grants }) => grants.rowsChanged(actor, change),
  },
}
