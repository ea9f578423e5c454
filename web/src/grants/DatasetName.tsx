import { Link } from '../ui/router.tsx'

/** The name of a dataset, leading to its page as long as the reader may see it. */
export function DatasetName({
  dataset: { id, title, page },
}: {
  readonly dataset: { readonly id: string; readonly title: string; readonly page: object | null }
}) {
  if (!page) return <span dir="auto">{title}</span>
  return (
    <Link to={`/datasets/${id}`} dir="auto">
      {title}
    </Link>
  )
}
