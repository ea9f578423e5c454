import { useState } from 'react'
import { CreateTokenDocument } from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { type PeopleKey, people } from '../i18n/areas/people.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CheckboxGroup } from '../ui/Choices.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { missing, type Problem, problemAt } from '../ui/problem.ts'

const scopeNames = ['read', 'download', 'contribute'] as const
const terms = [7, 30, 90, 365] as const

const tokenProblems = (name: string, scopes: readonly string[]): readonly Problem<PeopleKey>[] => [
  ...missing<PeopleKey>([['tokenName', name, 'problem.tokenName']]),
  ...missing<PeopleKey>([['scopes', scopes.join(''), 'problem.scopes']]),
]

export function TokenForm({ onCreated }: { readonly onCreated: (secret: string) => void }) {
  const t = useT(people)
  const command = useCommand(CreateTokenDocument, (data) => data.createToken)
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly string[]>(['read', 'download'])
  const [days, setDays] = useState('30')
  const [tried, setTried] = useState(false)
  const problems = tried ? tokenProblems(name, scopes) : []
  const create = async () => {
    setTried(true)
    if (tokenProblems(name, scopes).length > 0) return
    const input = { name: name.trim(), scopes: [...scopes], days: Number(days) }
    const data = await command.send({ input })
    if (data?.createToken.secret) onCreated(data.createToken.secret)
  }
  return (
    <Form onSubmit={create}>
      <TextField
        id="tokenName"
        label={t('tokens.name')}
        hint={t('tokens.name.help')}
        value={name}
        error={problemAt(t, problems, 'tokenName') ?? refusedAt(command.refused, 'name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <CheckboxGroup
        name="scopes"
        legend={t('tokens.scopes')}
        choices={scopeNames.map((scope) => ({ value: scope, label: t.code('scope', scope) }))}
        value={scopes}
        error={problemAt(t, problems, 'scopes') ?? refusedAt(command.refused, 'scopes')}
        onChange={setScopes}
      />
      <TokenDays value={days} onChange={setDays} />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" busy={command.busy}>
          {t('tokens.create')}
        </Button>
      </ButtonRow>
    </Form>
  )
}

interface TokenDaysProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function TokenDays({ value, onChange }: TokenDaysProps) {
  const t = useT(people)
  return (
    <SelectField
      label={t('tokens.days')}
      choices={terms.map((days) => ({
        value: String(days),
        label: t('tokens.daysCount', { count: days }),
      }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
