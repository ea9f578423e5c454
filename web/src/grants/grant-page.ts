export type Named = { readonly path: string; readonly url: string; readonly sha256: string }

/** Shell text in single quotes, in which nothing is special but the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** A line for a terminal: resumes, follows no redirect off the door, checks what arrived. */
export const curlLine = (file: Named, origin: string) => {
  const name = file.path.split('/').at(-1) ?? file.path
  const url = new URL(file.url, origin).href
  return `curl --fail --continue-at - --header "Authorization: Bearer $COMMONHOLD_TOKEN" --output ${quoted(name)} ${quoted(url)}`
}

/** The line that checks every file of the version at once, in the format of sha256sum. */
export const checksumLine = (file: Named) => {
  const name = file.path.split('/').at(-1) ?? file.path
  return `echo ${quoted(`${file.sha256}  ${name}`)} | sha256sum --check`
}

/** Grants that open a door first, then what is past, each newest first. */
export const byUse = <T extends { readonly state: string; readonly issuedAt: string }>(
  grants: readonly T[],
): readonly T[] =>
  [...grants].sort(
    (a, b) =>
      Number(b.state === 'active') - Number(a.state === 'active') ||
      b.issuedAt.localeCompare(a.issuedAt),
  )
