import { AcceptLicenceDocument, type OwnGrantFragment } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { grants } from '../i18n/areas/grants.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Button, ButtonRow } from '../ui/Button.tsx'
import { CommandAnswer } from '../ui/CommandAnswer.tsx'
import { Form } from '../ui/Form.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Link } from '../ui/router.tsx'

interface AcceptTermsProps {
  readonly grant: string
  readonly terms: NonNullable<OwnGrantFragment['newTerms']>
}

/** The licence asks for more since: what it adds, and the one button by which the grant goes on. */
export function AcceptTerms({ grant, terms: { licence, duties } }: AcceptTermsProps) {
  const t = useT(grants)
  const words = useT(shared)
  const command = useCommand(AcceptLicenceDocument, (data) => data.acceptLicence)
  const accept = () => command.send({ input: { grant, licence: licence.digest } })
  return (
    <Notice tone="wait" title={t('terms.title')}>
      <p>{t('terms.text')}</p>
      <p>
        <Link to={`/licences/${licence.digest}`} dir="auto">
          {t('terms.licence', { title: licence.title, version: licence.version })}
        </Link>
      </p>
      <ul>
        {duties.map(({ kind, text, withinDays }) => (
          <li key={kind}>
            <strong>{words.code('duty', kind)}</strong>: <span dir="auto">{text}</span>
            {withinDays !== null && ` ${t('terms.days', { count: withinDays })}`}
          </li>
        ))}
      </ul>
      <Form onSubmit={accept}>
        <CommandAnswer command={command} />
        <ButtonRow>
          <Button type="submit" look="primary" busy={command.busy}>
            {t('terms.accept')}
          </Button>
        </ButtonRow>
      </Form>
    </Notice>
  )
}
