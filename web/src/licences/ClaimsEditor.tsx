import { useState } from 'react'
import {
  type Claim,
  type LicenceJson,
  parseClaims,
  sayClaim,
  setClaims,
  suggestedClaims,
} from '../../../policies/index.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField } from '../ui/Field.tsx'
import css from './Builder.module.css'
import { ClaimList, type ShownClaim } from './ClaimList.tsx'
import { useClaimWords } from './use-claim-words.ts'

interface ClaimsEditorProps {
  readonly document: LicenceJson
  /** The claims of the document as they were proved last. */
  readonly proved: readonly ShownClaim[]
  readonly onChange: (document: LicenceJson) => void
}

const claimsIn = (document: LicenceJson): readonly Claim[] => {
  const parsed = parseClaims(document['sov:claims'])
  return parsed.ok ? parsed.claims : []
}

/** What does not hold stands where it is seen. */
const brokenFirst = (claims: readonly ShownClaim[]): readonly ShownClaim[] => [
  ...claims.filter(({ holds }) => holds !== true),
  ...claims.filter(({ holds }) => holds === true),
]

/** Claims to add and to take away, each with the answer of the proof. */
export function ClaimsEditor({ document, proved, onChange }: ClaimsEditorProps) {
  const t = useT(builder)
  const spoken = useClaimWords()
  const [chosen, setChosen] = useState('')
  const made = claimsIn(document)
  const offered = suggestedClaims(String(document.uid), made)
  const add = () => {
    const claim = offered.find(({ id }) => id === chosen)
    if (!claim) return
    setChosen('')
    onChange(setClaims(document, [...made, claim]))
  }
  const remove = (id: string) =>
    onChange(
      setClaims(
        document,
        made.filter((one) => one.id !== id),
      ),
    )
  return (
    <>
      {proved.length === 0 && <p>{t('claims.none')}</p>}
      <ClaimList
        claims={brokenFirst(proved)}
        beside={({ id, text }) => (
          <Button look="plain" onClick={() => remove(id)}>
            {t('remove')}
            <span className="visually-hidden"> {text}</span>
          </Button>
        )}
      />
      <SelectField
        label={t('claims.add')}
        empty={t('claims.choose')}
        choices={offered.map((claim) => ({ value: claim.id, label: sayClaim(claim, spoken) }))}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <div className={css.line}>
        <Button onClick={add} disabled={chosen === ''}>
          {t('claims.addButton')}
        </Button>
      </div>
    </>
  )
}
