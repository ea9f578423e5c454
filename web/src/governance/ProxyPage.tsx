import { useState } from 'react'
import {
  NameProxyDocument,
  ProxyChoicesDocument,
  type ProxyChoicesQuery,
} from '../graphql/generated.ts'
import { useQuery } from '../graphql/hooks.ts'
import { useCommand } from '../graphql/use-command.ts'
import { ballot } from '../i18n/areas/ballot.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { SelectField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Page } from '../ui/Page.tsx'
import { Link, useParams } from '../ui/router.tsx'
import { Failed, Loading, NotAllowed, NotFound } from '../ui/State.tsx'

/** Who speaks for a member in votes in which they cast no ballot themselves. */
export function ProxyPage() {
  const t = useT(ballot)
  const { slug = '' } = useParams()
  const { data, error, refetch } = useQuery(ProxyChoicesDocument, { slug })
  if (error && !data) return <Failed message={error} onRetry={refetch} />
  if (!data) return <Loading />
  const { community, viewer } = data
  if (!community) return <NotFound />
  const seat = viewer?.memberships.find((one) => one.community.id === community.id)
  if (!seat) return <NotAllowed message={t('proxy.notMember')} signedIn={viewer !== null} />
  return (
    <Page
      title={t('proxy.title')}
      lead={t('proxy.lead')}
      narrow
      above={<Link to={`/communities/${community.slug}`}>{community.name}</Link>}
    >
      {seat.mayNameProxy ? (
        <ProxyForm community={community} seat={seat} />
      ) : (
        <Notice tone="note">
          <p>{t('proxy.none')}</p>
        </Notice>
      )}
    </Page>
  )
}

interface ProxyFormProps {
  readonly community: NonNullable<ProxyChoicesQuery['community']>
  readonly seat: NonNullable<ProxyChoicesQuery['viewer']>['memberships'][number]
}

function ProxyForm({ community, seat }: ProxyFormProps) {
  const t = useT(ballot)
  const [chosen, choose] = useState(seat.proxy?.id ?? '')
  const [done, setDone] = useState(false)
  const command = useCommand(NameProxyDocument, (data) => data.nameProxy)
  const others = (community.members ?? []).filter(({ id }) => id !== seat.member)
  const send = async () => {
    const sent = await command.send({ input: { community: community.id, member: chosen || null } })
    setDone(sent !== null)
  }
  return (
    <Form onSubmit={send}>
      <SelectField
        id="proxy"
        label={t('proxy.field')}
        hint={t('proxy.help')}
        empty={t('proxy.nobody')}
        choices={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={(event) => {
          choose(event.currentTarget.value)
          setDone(false)
        }}
      />
      <CommandAnswer command={command} />
      {done && <p role="status">{t('proxy.done')}</p>}
      <ButtonRow>
        <Button type="submit" look="primary" busy={command.busy}>
          {t('proxy.confirm')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
