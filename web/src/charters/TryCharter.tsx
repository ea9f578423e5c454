import { lazy, Suspense, useState } from 'react'
import type { Charter, Sizes } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Loading } from '../ui/State.tsx'

// Counting needs the kernel of votes: it comes when somebody wants to try.
const Simulator = lazy(() => import('./Simulator.tsx').then((m) => ({ default: m.Simulator })))

interface TryCharterProps {
  readonly charter: Charter
  readonly sizes: Sizes
  readonly matter: string
}

/** "With these ballots, what happens?", asked of a charter as it stands. */
export function TryCharter(props: TryCharterProps) {
  const t = useT(charters)
  const [begun, setBegun] = useState(false)
  if (!begun) {
    return (
      <>
        <p>{t('try.intro')}</p>
        <Button onClick={() => setBegun(true)}>{t('try.begin')}</Button>
      </>
    )
  }
  return (
    <Suspense fallback={<Loading />}>
      <Simulator {...props} />
    </Suspense>
  )
}
