import { useState } from 'react'
import type { Charter, CharterBody } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import css from './Charters.module.css'
import { idOf } from './charter-draft.ts'

export interface CharterFieldProps {
  readonly charter: Charter
  readonly onChange: (charter: Charter) => void
  /** What is wrong at a place of the document, in words. */
  readonly error: (path: string) => string | undefined
}

const grouped = (body: CharterBody, groupBy: string): CharterBody => {
  const { groupBy: _, ...rest } = body
  return groupBy === '' ? rest : { ...rest, groupBy }
}

/** Names are small letters, digits and hyphens: what else is typed becomes a hyphen. */
const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)

function OneBody({
  charter,
  onChange,
  error,
  name,
}: CharterFieldProps & { readonly name: string }) {
  const t = useT(charters)
  const words = useT(communities)
  const body = charter.bodies[name]
  if (!body) return null
  const path = `/bodies/${name}/groupBy`
  const shown = words.code('body', name)
  const { [name]: _, ...others } = charter.bodies
  return (
    <li className={css.line}>
      <div className={css.grow}>
        <TextField
          id={idOf(path)}
          optional
          label={t('bodies.groupBy', { body: shown })}
          error={error(path)}
          value={body.groupBy ?? ''}
          onChange={({ currentTarget }) =>
            onChange({
              ...charter,
              bodies: { ...charter.bodies, [name]: grouped(body, nameOf(currentTarget.value)) },
            })
          }
        />
      </div>
      <Button look="plain" onClick={() => onChange({ ...charter, bodies: others })}>
        {t('bodies.remove')}
        <span className="visually-hidden"> {shown}</span>
      </Button>
    </li>
  )
}

/** Who there is: bodies, and what their members are grouped by. */
export function BodyFields(props: CharterFieldProps) {
  const { charter, onChange } = props
  const t = useT(charters)
  const [typed, setTyped] = useState('')
  const name = nameOf(typed).replace(/-+$/, '')
  const add = () => {
    if (name === '' || Object.hasOwn(charter.bodies, name)) return
    onChange({ ...charter, bodies: { ...charter.bodies, [name]: { register: name } } })
    setTyped('')
  }
  return (
    <>
      <ul className={css.list}>
        {Object.keys(charter.bodies).map((one) => (
          <OneBody key={one} name={one} {...props} />
        ))}
      </ul>
      <div className={css.line}>
        <div className={css.grow}>
          <TextField
            id="new-body"
            label={t('bodies.new')}
            hint={t('bodies.new.help')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </div>
        <Button onClick={add} disabled={name === ''}>
          {t('bodies.add')}
        </Button>
      </div>
    </>
  )
}
