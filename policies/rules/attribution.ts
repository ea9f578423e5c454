/** What a credit names. */
export interface Credited {
  readonly title: string
  readonly version: string
  readonly community: string
  /** Year of publication. */
  readonly year: number
  readonly licence: string
  readonly licenceDigest: string
  readonly manifestDigest: string
  /** Where it is described. */
  readonly url: string
}

/** One line of plain text that credits a version of a dataset, to be copied into a paper or a page. */
export const attributionText = (of: Credited): string =>
  [
    `${of.community} (${of.year}): ${of.title}, version ${of.version}.`,
    `${of.url} (manifest ${of.manifestDigest}).`,
    `Used under “${of.licence}” (${of.licenceDigest}).`,
  ].join(' ')
