import { builder } from '../i18n/areas/builder.ts'
import { useT } from '../i18n/use-t.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Card, Details, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import { type BuilderCommunity, type BuilderTemplate, newestOfEach } from './builder-draft.ts'
import { Clauses } from './Clauses.tsx'
import { Inspired } from './Inspired.tsx'
import css from './Licence.module.css'

interface BuilderStartProps {
  readonly community: BuilderCommunity
  readonly templates: readonly BuilderTemplate[]
  readonly onTemplate: (template: BuilderTemplate) => void
  readonly onLicence: (licence: BuilderCommunity['licences'][number]) => void
}

/** What a licence can begin with: one the community has, or a template. Read without a script. */
export function BuilderStart({ community, templates, onTemplate, onLicence }: BuilderStartProps) {
  const t = useT(builder)
  const own = newestOfEach(community.licences)
  return (
    <>
      <noscript>
        <Notice tone="note">
          <p>{t('start.noscript')}</p>
        </Notice>
      </noscript>
      {own.length > 0 && (
        <Section title={t('start.own')}>
          <p>{t('start.own.help')}</p>
          <ul className={css.cards}>
            {own.map((licence) => (
              <li key={licence.digest}>
                <Card>
                  <h3>
                    <Link to={`/licences/${licence.digest}`} dir="auto">
                      {licence.title}
                    </Link>
                  </h3>
                  <p>{t('start.version', { version: licence.version })}</p>
                  <Button onClick={() => onLicence(licence)}>
                    {t('start.change')}
                    <span className="visually-hidden"> {licence.title}</span>
                  </Button>
                </Card>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('start.templates')}>
        <p>{t('start.templates.help')}</p>
        <ul className={css.cards}>
          {templates.map((template) => (
            <li key={template.name}>
              <Card>
                <h3>{template.title}</h3>
                <p>{template.description}</p>
                {template.inspiredBy && <Inspired address={template.inspiredBy} />}
                <Details summary={t('start.says')}>
                  <Clauses summary={template.summary} level="h4" />
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
