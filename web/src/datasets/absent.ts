import { lazyPage } from '../ui/lazy-page.tsx'

/** Few addresses lead to what is gone: its page comes when it is needed. */
export const absent = lazyPage(() => import('./TombstonePage.tsx').then((m) => m.TombstonePage))

// The server renders in one go.
if (import.meta.env.SSR) await absent.preload()
