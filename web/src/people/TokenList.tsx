import { useState } from 'react'
import { RevokeTokenDocument } from '../graphql/generated.ts'
import { useMutation } from '../graphql/hooks.ts'
import { people } from '../i18n/areas/people.ts'
import { useFormat, useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Card, Section } from '../ui/Page.tsx'
import type { AccountViewer } from './AccountPage.tsx'
import { TokenForm } from './TokenForm.tsx'

type Token = AccountViewer['tokens'][number]

export function TokenList({ tokens }: { readonly tokens: readonly Token[] }) {
  const t = useT(people)
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Section title={t('tokens.title')}>
      <p>{t('tokens.lead')}</p>
      {tokens.length === 0 && <p>{t('tokens.none')}</p>}
      {tokens.map((token) => (
        <TokenRow key={token.id} token={token} />
      ))}
      {secret ? (
        <Notice tone="wait" title={t('tokens.secretTitle')} live>
          <p>{t('tokens.secretText')}</p>
          <Copy label={t('tokens.secretLabel')} value={secret} />
          <ButtonRow>
            <Button onClick={() => setSecret(null)}>{t('tokens.secretDone')}</Button>
          </ButtonRow>
        </Notice>
      ) : (
        <TokenForm onCreated={setSecret} />
      )}
    </Section>
  )
}

function TokenRow({ token }: { readonly token: Token }) {
  const t = useT(people)
  const format = useFormat()
  const [revoke, { fetching, error }] = useMutation(RevokeTokenDocument)
  return (
    <Card>
      <h3 dir="auto">{token.name}</h3>
      <p>
        {t('tokens.row', { ending: token.ending, day: format.day(token.expiresAt) })}
        <br />
        {token.lastUsedAt
          ? t('tokens.used', { instant: format.instant(token.lastUsedAt) })
          : t('tokens.unused')}
        <br />
        {token.scopes.map((scope) => t.code('scope', scope)).join(' · ')}
      </p>
      <CommandAnswer command={{ refused: null, error }} />
      <ButtonRow>
        <Button
          look="danger"
          busy={fetching}
          aria-label={t('tokens.revokeLabel', { name: token.name })}
          onClick={() => revoke({ id: token.id })}
        >
          {t('tokens.revoke')}
        </Button>
      </ButtonRow>
    </Card>
  )
}
