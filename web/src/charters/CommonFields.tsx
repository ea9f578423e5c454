import { isMatter, MATTERS, type SecrecyRule } from '../../../policies/rules/governance.ts'
import { charters } from '../i18n/areas/charters.ts'
import { communities } from '../i18n/areas/communities.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox, CheckboxGroup, Group } from '../ui/Choices.tsx'
import { SelectField } from '../ui/Field.tsx'
import type { CharterFieldProps } from './BodyFields.tsx'
import css from './Charters.module.css'
import { idOf } from './charter-draft.ts'
import { DurationField } from './DurationField.tsx'
import { FractionField } from './FractionField.tsx'
import { BodyChoice, CountField } from './RuleFields.tsx'

const at = ({ error }: CharterFieldProps, path: string) => ({ id: idOf(path), error: error(path) })

const REASONS = ['kin', 'employment', 'funding', 'applicant'] as const

function Recusal(props: CharterFieldProps) {
  const { charter, onChange } = props
  const t = useT(charters)
  const { recusal } = charter
  const known = [...new Set([...REASONS, ...recusal.mustDeclare])]
  return (
    <>
      <CheckboxGroup
        name="mustDeclare"
        legend={t('common.mustDeclare')}
        columns
        choices={known.map((value) => ({ value, label: t.code('recusal', value) }))}
        value={recusal.mustDeclare}
        onChange={(mustDeclare) => onChange({ ...charter, recusal: { ...recusal, mustDeclare } })}
      />
      <div className={css.fields}>
        <FractionField
          {...at(props, '/recusal/byPeers')}
          label={t('common.byPeers')}
          value={recusal.byPeers}
          onChange={(byPeers) => onChange({ ...charter, recusal: { ...recusal, byPeers } })}
        />
        <FractionField
          {...at(props, '/recusal/maxShare')}
          label={t('common.maxShare')}
          value={recusal.maxShare}
          onChange={(maxShare) => onChange({ ...charter, recusal: { ...recusal, maxShare } })}
        />
      </div>
    </>
  )
}

function Proxies(props: CharterFieldProps) {
  const { charter, onChange } = props
  const t = useT(charters)
  const { proxy, assisted } = charter
  return (
    <>
      <Checkbox
        label={t('common.proxy')}
        checked={proxy.depth === 1}
        onChange={({ currentTarget }) =>
          onChange({ ...charter, proxy: { ...proxy, depth: currentTarget.checked ? 1 : 0 } })
        }
      />
      {proxy.depth === 1 && (
        <div className={css.inner}>
          <Checkbox
            label={t('common.carriesObjection')}
            checked={proxy.carriesObjection}
            onChange={({ currentTarget }) =>
              onChange({ ...charter, proxy: { ...proxy, carriesObjection: currentTarget.checked } })
            }
          />
        </div>
      )}
      <div className={css.fields}>
        <CountField
          {...at(props, '/assisted/stewards')}
          label={t('common.stewards')}
          min={2}
          value={assisted.stewards}
          onChange={(stewards) => onChange({ ...charter, assisted: { ...assisted, stewards } })}
        />
        <FractionField
          {...at(props, '/assisted/maxShare')}
          label={t('common.assistedShare')}
          value={assisted.maxShare}
          onChange={(maxShare) => onChange({ ...charter, assisted: { ...assisted, maxShare } })}
        />
      </div>
    </>
  )
}

const ROLL_CALLS: readonly SecrecyRule['rollCall'][] = ['none', 'body', 'community', 'public']
const COUNTS: readonly SecrecyRule['publicGroupCounts'][] = ['never', 'min3', 'always']

function Secrecy({ charter, onChange }: CharterFieldProps) {
  const t = useT(charters)
  const { secrecy } = charter
  const put = (patch: Partial<SecrecyRule>) =>
    onChange({ ...charter, secrecy: { ...secrecy, ...patch } })
  return (
    <>
      <Checkbox
        label={t('common.sealed')}
        checked={secrecy.runningTally === 'sealed'}
        onChange={({ currentTarget }) =>
          put({ runningTally: currentTarget.checked ? 'sealed' : 'open' })
        }
      />
      <SelectField
        label={t('common.rollCall')}
        choices={ROLL_CALLS.map((value) => ({ value, label: t.code('rollCall', value) }))}
        value={secrecy.rollCall}
        onChange={({ currentTarget }) => {
          const rollCall = ROLL_CALLS.find((one) => one === currentTarget.value)
          if (rollCall) put({ rollCall })
        }}
      />
      <SelectField
        label={t('common.groupCounts')}
        choices={COUNTS.map((value) => ({ value, label: t.code('groupCounts', value) }))}
        value={secrecy.publicGroupCounts}
        onChange={({ currentTarget }) => {
          const publicGroupCounts = COUNTS.find((one) => one === currentTarget.value)
          if (publicGroupCounts) put({ publicGroupCounts })
        }}
      />
    </>
  )
}

function EmergencyHands(props: CharterFieldProps) {
  const { charter, onChange } = props
  const t = useT(charters)
  const { emergency } = charter
  type Hands = (typeof emergency.who)[number]
  const put = (who: readonly Hands[]) => onChange({ ...charter, emergency: { ...emergency, who } })
  const replace = (index: number, patch: Partial<Hands>) =>
    put(emergency.who.map((one, place) => (place === index ? { ...one, ...patch } : one)))
  const first = Object.keys(charter.bodies)[0] ?? ''
  return (
    <>
      {emergency.who.map(({ body, count }, index) => (
        // A line has no name of its own but its place.
        <div className={css.fields} key={String(index)}>
          <BodyChoice
            {...at(props, `/emergency/who/${index}/body`)}
            charter={charter}
            label={t('common.emergencyBody')}
            value={body}
            onChange={(next) => replace(index, { body: next })}
          />
          <CountField
            {...at(props, `/emergency/who/${index}/count`)}
            label={t('common.emergencyCount')}
            min={1}
            value={count}
            onChange={(next) => replace(index, { count: next })}
          />
          <Button
            look="plain"
            onClick={() => put(emergency.who.filter((_, place) => place !== index))}
            disabled={emergency.who.length === 1}
          >
            {t('common.emergencyRemove')}
          </Button>
        </div>
      ))}
      <Button look="plain" onClick={() => put([...emergency.who, { body: first, count: 2 }])}>
        {t('common.emergencyAdd')}
      </Button>
    </>
  )
}

function Emergency(props: CharterFieldProps) {
  const { charter, onChange } = props
  const t = useT(charters)
  const words = useT(communities)
  const { emergency } = charter
  const put = (patch: Partial<typeof emergency>) =>
    onChange({ ...charter, emergency: { ...emergency, ...patch } })
  return (
    <Group legend={<h3>{t('common.emergency')}</h3>}>
      <EmergencyHands {...props} />
      <div className={css.fields}>
        {(['maxDuration', 'coolDown'] as const).map((name) => (
          <DurationField
            key={name}
            {...at(props, `/emergency/${name}`)}
            label={t(`common.${name}`)}
            value={emergency[name]}
            onChange={(value) => put({ [name]: value })}
          />
        ))}
      </div>
      <SelectField
        label={t('common.ratifyBy')}
        choices={MATTERS.map((value) => ({ value, label: words.code('matter', value) }))}
        value={emergency.ratifyBy}
        onChange={({ currentTarget }) => {
          if (isMatter(currentTarget.value)) put({ ratifyBy: currentTarget.value })
        }}
      />
    </Group>
  )
}

/** What holds for all matters: standing aside, proxies, secrecy, emergencies. */
export function CommonFields(props: CharterFieldProps) {
  const t = useT(charters)
  return (
    <>
      <Group legend={<h3>{t('common.recusal')}</h3>}>
        <Recusal {...props} />
      </Group>
      <Group legend={<h3>{t('common.others')}</h3>}>
        <Proxies {...props} />
      </Group>
      <Group legend={<h3>{t('common.secrecy')}</h3>}>
        <Secrecy {...props} />
      </Group>
      <Emergency {...props} />
    </>
  )
}
