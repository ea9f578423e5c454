import { useState } from 'react'
import { shell } from '../i18n/areas/shell.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import css from './Shell.module.css'

const steps = [1, 3, 7]

async function advance(days: number): Promise<boolean> {
  const response = await fetch('/dev/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: `P${days}D` }),
  })
  return response.ok
}

/** Only on a demonstration server: what time it is there, and a way to let time pass. */
export function DemoBar({ now }: { readonly now: string }) {
  const t = useT(shell)
  const format = useFormat()
  const [failed, setFailed] = useState(false)
  const move = async (days: number) => {
    const moved = await advance(days).catch(() => false)
    if (moved) window.location.reload()
    else setFailed(true)
  }
  return (
    <aside className={css.demo} aria-label={t('demo.label')}>
      <div className={css.demoBar}>
        <p>
          {t('demo.text')} {t('demo.now', { now: format.instant(now) })}
        </p>
        <fieldset className={css.clock}>
          <legend>{t('demo.forward')}</legend>
          {steps.map((days) => (
            <button type="button" key={days} onClick={() => void move(days)}>
              {t('demo.days', { count: days })}
            </button>
          ))}
        </fieldset>
        {failed && <p role="alert">{t('demo.failed')}</p>}
      </div>
    </aside>
  )
}
