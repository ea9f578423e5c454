import { type ComponentType, use } from 'react'

export interface LazyPage {
  readonly Page: ComponentType
  /** Fetches the page's code; on the server and before hydration, so that nothing flashes. */
  readonly preload: () => Promise<unknown>
}

/** A page whose code arrives when it is first visited. */
export function lazyPage(load: () => Promise<ComponentType>): LazyPage {
  let ready: ComponentType | undefined
  let pending: Promise<ComponentType> | undefined
  const fetchOnce = async () => {
    try {
      ready = await load()
      return ready
    } catch (cause) {
      // A lost connection must not close the page for good.
      pending = undefined
      throw cause
    }
  }
  const preload = () => {
    pending ??= fetchOnce()
    return pending
  }
  const Page = () => {
    const Ready = ready ?? use(preload())
    return <Ready />
  }
  return { Page, preload }
}

export interface AppRoute {
  /** Parts of the path; `:name` stands for any one part, e.g. `/datasets/:id`. */
  readonly path: string
  readonly page: LazyPage
}
