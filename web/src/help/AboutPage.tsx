import { about } from '../i18n/areas/about.ts'
import { useT } from '../i18n/use-t.ts'
import { Facts, Page, Section } from '../ui/Page.tsx'
import { Link } from '../ui/router.tsx'
import css from './About.module.css'

const steps = [1, 2, 3, 4, 5] as const
const words = ['licence', 'charter', 'proposal', 'grant', 'duty', 'statement'] as const

/** How the registry works, for somebody who has never seen one. */
export function AboutPage() {
  const t = useT(about)
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      description={t('description')}
      canonical="/about"
      narrow
    >
      <Section title={t('steps.title')} id="steps">
        <ol className={css.steps}>
          {steps.map((step) => (
            <li key={step}>
              <h3>{t(`step.${step}.title`)}</h3>
              <p>{t(`step.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('silence.title')} id="silence">
        <p>{t('silence.text')}</p>
      </Section>
      <Section title={t('power.title')} id="operator">
        <p>{t('power.text')}</p>
      </Section>
      <Section title={t('log.title')} id="log">
        <p>
          {t('log.text')} <Link to="/log">{t('log.link')}</Link>
        </p>
        <h3>{t('bytes.title')}</h3>
        <p>{t('bytes.text')}</p>
      </Section>
      <Section title={t('words.title')} id="words">
        <Facts facts={words.map((word) => [t(`word.${word}`), t(`word.${word}.text`)])} />
      </Section>
    </Page>
  )
}
