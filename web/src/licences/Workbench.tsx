import { lazy, Suspense } from 'react'
import {
  addRule,
  type EditableRule,
  editableRules,
  type LicenceJson,
  type Sentence,
  setCountries,
} from '../../../policies/index.ts'
import { newKey } from '../graphql/command-key.ts'
import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField } from '../ui/Field.tsx'
import { Section } from '../ui/Page.tsx'
import { AddBar } from './AddBar.tsx'
import {
  type BuilderCommunity,
  type BuilderDraft,
  following,
  newestOfEach,
} from './builder-draft.ts'
import { CountryList } from './CountryList.tsx'
import { LabelFields } from './LabelFields.tsx'
import { LocalTexts } from './LocalTexts.tsx'
import { RuleEditor } from './RuleEditor.tsx'

const CodeFields = lazy(async () => ({ default: (await import('./CodeFields.tsx')).CodeFields }))
const HumanClauses = lazy(async () => ({
  default: (await import('./HumanClauses.tsx')).HumanClauses,
}))

export interface WorkbenchProps {
  readonly community: BuilderCommunity
  readonly draft: BuilderDraft
  readonly document: LicenceJson
  readonly sentences: readonly Sentence[]
  readonly change: (patch: Partial<BuilderDraft>) => void
  /** What is wrong with the control of this id, in words. */
  readonly error: (field: string) => string | undefined
}

const codesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((code) => typeof code === 'string') : []

function Names({ community, document, draft, change, error }: WorkbenchProps) {
  const t = useT(builder)
  return (
    <Section title={t('names.title')}>
      <SelectField
        label={t('names.replaces')}
        hint={t('names.replaces.help')}
        empty={t('names.replacesNone')}
        choices={newestOfEach(community.licences).map(({ id, title, version }) => ({
          value: id,
          label: t('names.replaced', { title, version }),
        }))}
        value={draft.replaces}
        onChange={({ currentTarget }) =>
          change(following(document, community, currentTarget.value, newKey()))
        }
      />
      <LocalTexts
        id="titles"
        legend={t('names.titles')}
        hint={t('names.titles.help')}
        label={t('names.title.one')}
        error={error('titles')}
        value={draft.titles}
        onChange={(titles) => change({ titles })}
      />
      <LocalTexts
        id="preambles"
        legend={t('names.preambles')}
        hint={t('names.preambles.help')}
        label={t('names.preamble.one')}
        long
        error={error('preambles')}
        value={draft.preambles}
        onChange={(preambles) => change({ preambles })}
      />
    </Section>
  )
}

interface RulesProps extends WorkbenchProps {
  readonly rules: readonly EditableRule[]
  readonly put: (document: LicenceJson) => void
}

function Rules({ rules, document, sentences, put }: RulesProps) {
  return rules.map((rule) => (
    <RuleEditor
      key={rule.uid}
      rule={rule}
      document={document}
      sentences={sentences}
      onChange={put}
    />
  ))
}

/** Everything about a licence that a community can set without writing JSON. */
export function Workbench(props: WorkbenchProps) {
  const t = useT(builder)
  const { document, change, error } = props
  const put = (next: LicenceJson) => change({ document: JSON.stringify(next) })
  const rules = editableRules(document)
  const ofKind = (kind: EditableRule['kind']) => rules.filter((rule) => rule.kind === kind)
  return (
    <div id="builder">
      <Names {...props} />
      <Section title={t('places.title')}>
        <CountryList
          id="home"
          legend={t('places.home')}
          hint={t('places.home.help')}
          error={error('home')}
          value={codesIn(document['sov:home'])}
          onChange={(codes) => put(setCountries(document, 'sov:home', codes))}
        />
        <CountryList
          id="region"
          legend={t('places.region')}
          hint={t('places.region.help')}
          error={error('region')}
          value={codesIn(document['sov:region'])}
          onChange={(codes) => put(setCountries(document, 'sov:region', codes))}
        />
      </Section>
      <Section title={t('permissions.title')} id="permission">
        <p>{t('permissions.intro')}</p>
        <Rules {...props} rules={ofKind('permission')} put={put} />
        <Button onClick={() => put(addRule(document, 'permission', ['preview']).document)}>
          {t('permissions.add')}
        </Button>
      </Section>
      <Section title={t('bars.title')} id="prohibition">
        <p>{t('bars.intro')}</p>
        <Rules {...props} rules={ofKind('prohibition')} put={put} />
        <AddBar document={document} onChange={put} />
      </Section>
      <Suspense fallback={null}>
        <HumanClauses document={document} error={error('human')} onChange={put} />
      </Suspense>
      <Section title={t('labels.section')}>
        <LabelFields document={document} onChange={put} />
      </Section>
      <Suspense fallback={null}>
        <CodeFields document={document} onChange={put} />
      </Suspense>
    </div>
  )
}
