import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { type Answer, browserData, DataContext } from './graphql/data.ts'
import { loadAreas } from './i18n/area.ts'
import { localeFor } from './i18n/locale.ts'
import { type Language, LanguageContext } from './i18n/use-t.ts'
import { routes } from './routes.tsx'
import { BrowserRouter } from './ui/router.tsx'
import { findRoute } from './ui/router-match.ts'
import './ui/global.css'

function answersOfPage(): Readonly<Record<string, Answer>> {
  const text = document.getElementById('answers')?.textContent
  return text ? JSON.parse(text) : {}
}

async function languageOfPage(): Promise<Language> {
  const locale = localeFor(document.documentElement.lang)
  await loadAreas(locale.code)
  if (!locale.code.includes('-X')) return locale
  const { accented } = await import('./i18n/pseudo.ts')
  return { ...locale, accent: accented }
}

const NOTHING = () => undefined

/** Only pages with a form need it. */
const loadEarlyWords = async (app: HTMLElement) =>
  app.querySelector('form') ? import('./ui/early-words.ts') : undefined

async function start(app: HTMLElement): Promise<void> {
  const here = findRoute(routes, window.location.pathname)?.route
  const [early] = await Promise.all([loadEarlyWords(app), here?.page.preload()])
  const language = await languageOfPage()
  const enterAgain = early?.takeEarlyWords(app) ?? NOTHING
  hydrateRoot(
    app,
    <StrictMode>
      <DataContext value={browserData(answersOfPage())}>
        <LanguageContext value={language}>
          <BrowserRouter>
            <App onReady={enterAgain} />
          </BrowserRouter>
        </LanguageContext>
      </DataContext>
    </StrictMode>,
  )
}

const app = document.getElementById('app')
if (app) await start(app)
