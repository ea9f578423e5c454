import { Page } from '../ui/Page.tsx'

export function DatasetPage() {
  return <Page title="" />
}
