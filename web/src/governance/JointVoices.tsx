import type { DecisionRecordQuery } from '../graphql/generated.ts'
import { shared } from '../i18n/areas/shared.ts'
import { useT } from '../i18n/use-t.ts'
import { Tag } from '../ui/Notice.tsx'
import { Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'

type Shown = NonNullable<DecisionRecordQuery['proposal']>

const tones = { agreed: 'good', refused: 'bad', unanswered: 'bad', awaited: 'wait' } as const

const toneOf = (state: string) =>
  Object.entries(tones).find(([name]) => name === state)?.[1] ?? 'note'

/** The same question in several communities: who has decided, and who is awaited. */
export function JointVoices({ joint }: Pick<Shown, 'joint'>) {
  const t = useT(shared)
  if (!joint) return null
  return (
    <Section title={t('joint.title')} id="together">
      <p>{joint.rule === 'any' ? t('joint.any') : t('joint.all')}</p>
      <ul>
        {joint.voices.map(({ community, state, proposal }) => (
          <li key={community.name}>
            {proposal ? (
              <Link to={`/decisions/${proposal.id}`} dir="auto">
                {community.name}
              </Link>
            ) : (
              <span dir="auto">{community.name}</span>
            )}{' '}
            <Tag tone={toneOf(state)}>{t.code('voice', state)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  )
}
