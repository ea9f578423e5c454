import { lazy, Suspense, useState } from 'react'
import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Loading } from '../ui/State.tsx'

const Trial = lazy(() => import('./TrialInForce.tsx').then((m) => ({ default: m.TrialInForce })))

/** "With these ballots, what happens?", asked of the charter in force. */
export function TryInForce({ slug }: { readonly slug: string }) {
  const t = useT(charters)
  const [begun, setBegun] = useState(false)
  return (
    <section className="no-print" aria-labelledby="try-title">
      <h3 id="try-title">{t('try.title')}</h3>
      <p>{t('try.intro')}</p>
      {begun ? (
        <Suspense fallback={<Loading />}>
          <Trial slug={slug} />
        </Suspense>
      ) : (
        <>
          <noscript>
            <p>{t('try.noscript')}</p>
          </noscript>
          <Button onClick={() => setBegun(true)}>{t('try.begin')}</Button>
        </>
      )}
    </section>
  )
}
