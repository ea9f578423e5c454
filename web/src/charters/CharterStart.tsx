import { charters } from '../i18n/areas/charters.ts'
import { useT } from '../i18n/use-t.ts'
import css from '../licences/Licence.module.css'
import { charterRules } from '../people/charter-rules.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Card, Details, Section } from '../ui/Page.tsx'
import { type EditorCommunity, type EditorTemplate, sizesOf } from './charter-draft.ts'
import { RuleWords } from './RuleWords.tsx'

interface CharterStartProps {
  readonly community: EditorCommunity
  readonly templates: readonly EditorTemplate[]
  readonly onOwn: () => void
  readonly onTemplate: (template: EditorTemplate) => void
}

/** What a charter can begin with: the one in force, or one the registry offers. */
export function CharterStart({ community, templates, onOwn, onTemplate }: CharterStartProps) {
  const t = useT(charters)
  return (
    <>
      <noscript>
        <Notice tone="note">
          <p>{t('start.noscript')}</p>
        </Notice>
      </noscript>
      <Section title={t('start.own')}>
        <p>{t('start.own.help', { version: community.charter.version })}</p>
        <Button look="primary" onClick={onOwn}>
          {t('start.change')}
        </Button>
      </Section>
      <Section title={t('start.templates')}>
        <p>{t('start.templates.help')}</p>
        <ul className={css.cards}>
          {templates.map((template) => (
            <li key={template.name}>
              <Card>
                <h3>{template.title}</h3>
                <p>{template.description}</p>
                <Details summary={t('start.says')}>
                  <RuleWords rules={charterRules(template.document, sizesOf(community))} />
                </Details>
                <Button onClick={() => onTemplate(template)}>
                  {t('start.use')}
                  <span className="visually-hidden"> {template.title}</span>
                </Button>
              </Card>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
