import { Page } from '../ui/Page.tsx'

export function CataloguePage() {
  return <Page title="" />
}
