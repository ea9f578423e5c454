import { createContext, useContext, useEffect } from 'react'

export interface Head {
  readonly title: string
  readonly description?: string
  /** Path of the one address under which this page should be found. */
  readonly canonical?: string
  /** HTTP status of the page; 200 unless it says otherwise. */
  readonly status?: number
}

/** What a page tells the server about itself while it is rendered. */
export interface PageReport {
  head?: Head
  /** Where the reader has to go instead. */
  location?: string
}

export const ReportContext = createContext<PageReport | undefined>(undefined)

export const siteName = 'Commonhold'

export const windowTitle = (title: string): string =>
  title === siteName ? title : `${title} · ${siteName}`

/** Title of the window, description, canonical address and status of the page. */
export function useHead(head: Head): void {
  const report = useContext(ReportContext)
  if (report) report.head = head
  useEffect(() => {
    document.title = windowTitle(head.title)
  }, [head.title])
}
