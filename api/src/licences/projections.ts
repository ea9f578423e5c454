import type { Projection } from '../log/index.ts'

/** Adopted licence versions by the digest of their document. */
const licences: Projection = {
  name: 'licences',
  ids: ({ type, data }) => (type === 'licence.adopted' ? [String(data.digest)] : []),
  // A document names one version for ever: who adopts the same words again takes nothing over.
  fold: (doc, { data, at }) =>
    doc ?? {
      licence: data.licence ?? '',
      version: data.version ?? 0,
      title: data.title ?? '',
      community: data.community ?? '',
      document: data.document ?? null,
      template: data.template ?? null,
      proposal: data.proposal ?? null,
      adoptedAt: at,
    },
}

export const projections: readonly Projection[] = [licences]
