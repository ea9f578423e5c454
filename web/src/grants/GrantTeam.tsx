import { useState } from 'react'
import {
  EndTeamPlaceDocument,
  NameTeamMemberDocument,
  type OwnGrantFragment,
} from '../graphql/generated.ts'
import { refusedAt, useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { useT } from '../i18n/use-t.ts'
import { looksLikeEmail } from '../people/credentials.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Copy } from '../ui/Copy.tsx'
import { TextField } from '../ui/Field.tsx'
import { Form } from '../ui/Form.tsx'
import { Details } from '../ui/Page.tsx'
import { DataText } from '../ui/Text.tsx'

interface GrantTeamProps {
  readonly grant: OwnGrantFragment
}

/** Who uses a grant beside its holder, and how they come and go. */
export function GrantTeam({ grant }: GrantTeamProps) {
  const t = useT(grants)
  const { places, freePlaces, team, viewerRole } = grant
  const isHolder = viewerRole === 'holder'
  if (places === 0) return isHolder && grant.state === 'active' ? <p>{t('team.alone')}</p> : null
  return (
    <Details summary={t('team.title')} open={team.some(({ state }) => state !== 'ended')}>
      <p>{t('team.text', { places: String(places), free: String(freePlaces) })}</p>
      <ul>
        {team.map((place) => (
          <TeamLine key={place.id} grant={grant} place={place} />
        ))}
      </ul>
      {isHolder && grant.state === 'active' && freePlaces > 0 && <NameSomebody grant={grant.id} />}
      {isHolder && team.some(({ state }) => state === 'named') && (
        <>
          <p>{t('team.link')}</p>
          <Copy label={t('team.linkLabel')} value={addressOf(grant.id)} rows={2} />
        </>
      )}
    </Details>
  )
}

/** On the server there is no address bar: the path alone is the same on every page. */
const addressOf = (grant: string): string => {
  const path = `/grants/${grant}/team`
  return typeof location === 'undefined' ? path : new URL(path, location.origin).href
}

type Place = OwnGrantFragment['team'][number]

function TeamLine({ grant, place }: GrantTeamProps & { readonly place: Place }) {
  const t = useT(grants)
  const who = place.name ?? place.email ?? t('team.unnamed')
  const mayEnd = place.state !== 'ended' && (grant.viewerRole === 'holder' || place.viewer)
  return (
    <li>
      <DataText>{who}</DataText>
      {place.viewer && ` (${t('team.you')})`}: {t.code('team', place.state)}
      {mayEnd && (
        <EndPlace
          grant={grant.id}
          member={place.id}
          look="plain"
          text={place.viewer ? t('team.leave') : t('team.remove')}
          label={place.viewer ? undefined : t('team.removeLabel', { who })}
        />
      )}
    </li>
  )
}

interface EndPlaceProps {
  readonly grant: string
  readonly member: string
  readonly text: string
  readonly label?: string | undefined
  readonly look?: 'plain' | 'danger'
}

/** One button by which a place ends. */
export function EndPlace({ grant, member, text, label, look = 'danger' }: EndPlaceProps) {
  const command = useCommand(EndTeamPlaceDocument, (data) => data.endTeamPlace)
  return (
    <>
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button
          look={look}
          busy={command.busy}
          aria-label={label}
          onClick={() => command.send({ input: { grant, member } })}
        >
          {text}
        </Button>
      </ButtonRow>
    </>
  )
}

function NameSomebody({ grant }: { readonly grant: string }) {
  const t = useT(grants)
  const command = useCommand(NameTeamMemberDocument, (data) => data.nameTeamMember)
  const [email, setEmail] = useState('')
  const [tried, setTried] = useState(false)
  const wrong = tried && !looksLikeEmail(email)
  const send = async () => {
    setTried(true)
    if (!looksLikeEmail(email)) return
    if (!(await command.send({ input: { grant, email: email.trim() } }))) return
    setEmail('')
    setTried(false)
  }
  return (
    <Form onSubmit={send}>
      <TextField
        type="email"
        dir="ltr"
        label={t('team.email')}
        value={email}
        error={wrong ? t('problem.email') : refusedAt(command.refused, 'email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <CommandAnswer command={command} />
      <ButtonRow>
        <Button type="submit" busy={command.busy}>
          {t('team.add')}
        </Button>
      </ButtonRow>
    </Form>
  )
}
