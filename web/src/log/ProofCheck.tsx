import { useState } from 'react'
import { log } from '../i18n/areas/log.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import type { CheckedEntry, CheckStep, EntryCheck } from './check-entry.ts'
import css from './Log.module.css'

const checking = () => import('./check-entry.ts')

function useWords(check: EntryCheck, entry: CheckedEntry) {
  const t = useT(log)
  const { signer, size, hashes } = check
  const good = {
    leaf: () => t('step.leaf', { hash: entry.leafHash }),
    path: () => t('step.path', { count: hashes, size }),
    signature: () => t('step.signature', { signer }),
    malformed: () => t('step.malformed'),
  }
  const bad = {
    leaf: () => t('step.leafBad'),
    path: () => t('step.pathBad'),
    signature: () => t('step.signatureBad', { signer }),
    malformed: () => t('step.malformed'),
  }
  return ({ step, ok }: CheckStep): string =>
    ok === 'unsupported' ? t('proof.unsupported') : (ok ? good : bad)[step]()
}

function Outcome({ check, entry }: { readonly check: EntryCheck; readonly entry: CheckedEntry }) {
  const t = useT(log)
  const words = useWords(check, entry)
  const bad = check.steps.some(({ ok }) => ok === false)
  const partly = check.steps.some(({ ok }) => ok === 'unsupported')
  const good = partly ? t('proof.partly') : t('proof.good', { signer: check.signer })
  return (
    <Notice tone={bad ? 'bad' : partly ? 'wait' : 'good'} title={bad ? t('proof.bad') : good} live>
      <ol className={css.steps}>
        {check.steps.map((step) => (
          <li key={step.step}>{words(step)}</li>
        ))}
      </ol>
    </Notice>
  )
}

interface ProofCheckProps {
  readonly entry: CheckedEntry
  /** The log's key in C2SP note format. */
  readonly verifierKey: string
}

/** Lets the reader's own browser recompute that an entry is in the signed log. */
export function ProofCheck({ entry, verifierKey }: ProofCheckProps) {
  const t = useT(log)
  const [check, setCheck] = useState<EntryCheck>()
  const [state, setState] = useState<'idle' | 'busy' | 'unreachable'>('idle')
  const run = async () => {
    setState('busy')
    try {
      const { checkEntry, fetchProof } = await checking()
      setCheck(await checkEntry(entry, await fetchProof(entry.index), verifierKey))
      setState('idle')
    } catch {
      setState('unreachable')
    }
  }
  return (
    <Section title={t('proof.title')} id="proof">
      <p>{t('proof.intro')}</p>
      <ButtonRow>
        <Button look="primary" onClick={() => void run()} busy={state === 'busy'}>
          {t('proof.button')}
        </Button>
        <a href={`/log/proof?index=${entry.index}`}>{t('proof.fetch')}</a>
      </ButtonRow>
      <noscript>
        <p>{t('proof.noscript')}</p>
      </noscript>
      {state === 'unreachable' && (
        <Notice tone="bad" live>
          {t('proof.unreachable')}
        </Notice>
      )}
      {check && <Outcome check={check} entry={entry} />}
      <p>
        {t('proof.key')} <code>{verifierKey}</code>
      </p>
    </Section>
  )
}
