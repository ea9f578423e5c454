import { useDeferredValue, useMemo } from 'react'
import {
  type Licence,
  type LicenceJson,
  removeClause,
  type Sentence,
} from '../../../policies/index.ts'
import { type LicenceFinding, lintLicence } from '../../../policies/rules/lint-licence.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Tag, type Tone } from '../ui/Notice.tsx'
import css from './Builder.module.css'

const tones = {
  'never-holds': 'bad',
  'dead-clause': 'wait',
  'already-excluded': 'note',
} as const satisfies Record<LicenceFinding['code'], Tone>

interface FindingsProps {
  readonly licence: Licence
  readonly document: LicenceJson
  readonly sentences: readonly Sentence[]
  readonly onChange: (document: LicenceJson) => void
}

/** Clauses that do not do what their authors may think, each with a way out. */
export function Findings({ licence, document, sentences, onChange }: FindingsProps) {
  const t = useT(builder)
  const settled = useDeferredValue(licence)
  const found = useMemo(() => lintLicence(settled), [settled])
  const said = (uid: string) => sentences.find(({ clause }) => clause === uid)?.text ?? uid
  if (found.length === 0) return <p>{t('lint.none')}</p>
  return (
    <ul className={css.list}>
      {found.map(({ clause, code }) => (
        <li key={clause}>
          <p>
            <Tag tone={tones[code]}>{t.code('lint', code)}</Tag>{' '}
            <span dir="auto">{said(clause)}</span>
          </p>
          <p className={css.why}>
            {t.code('lint.way', code)}{' '}
            <Button look="plain" onClick={() => onChange(removeClause(document, clause))}>
              {t('lint.remove')}
              <span className="visually-hidden"> {said(clause)}</span>
            </Button>
          </p>
        </li>
      ))}
    </ul>
  )
}
