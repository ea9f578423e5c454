import type { Licence } from './licence.ts'

/**
 * Whether rights to mine the data (to derive from it and to train on it) are reserved, as TDMRep
 * asks: they are, unless everybody may without a condition, a duty or a bar. Who reads a header
 * cannot accept a duty.
 */
export function reservesMining({ compiled }: Licence): boolean {
  return (['derive', 'train'] as const).some((action) => {
    const { permissions, bars } = compiled.byAction[action]
    const free = permissions.some(({ body }) => body.kind === 'all' && body.parts.length === 0)
    return bars.length > 0 || !free
  })
}

/** The name of a licence in SPDX documents (SPDX 2.3 annex D), from its digest `sha256-…`. */
export const spdxId = (digest: string): string => `LicenseRef-sov-${digest.replace(/^sha256-/, '')}`
