export type Params = Readonly<Record<string, string>>

const segmentsOf = (path: string): readonly string[] => path.split('/').filter(Boolean)

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The values of `:name` parts when the address fits the pattern, part by part; otherwise undefined. */
export function matchPath(pattern: string, pathname: string): Params | undefined {
  const wanted = segmentsOf(pattern)
  const given = segmentsOf(pathname)
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const value = decode(given[at] ?? '')
    if (part.startsWith(':')) params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}

const holes = (pattern: string): number => pattern.split(':').length

/** The route for an address; a fixed word in a pattern goes before a `:name`. */
export function findRoute<R extends { readonly path: string }>(
  routes: readonly R[],
  pathname: string,
): { readonly route: R; readonly params: Params } | undefined {
  return routes
    .flatMap((route) => {
      const params = matchPath(route.path, pathname)
      return params ? [{ route, params }] : []
    })
    .sort((a, b) => holes(a.route.path) - holes(b.route.path))[0]
}
