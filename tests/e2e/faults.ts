import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The dark scheme changes colours alone: the rest has been judged in the light. */
const RULES: Readonly<Record<string, object>> & { readonly light: object } = {
  light: { type: 'tag', values: TAGS },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
}

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[]
}

declare global {
  interface Window {
    axe: { run: (at: Document, options: object) => Promise<{ violations: Violation[] }> }
  }
}

const script = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds in a colour scheme, each with the first element it found it at. */
export const axeFaults = async (page: Page, scheme: 'light' | 'dark'): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await script)
  const found = await page.evaluate<Violation[], object>(async (runOnly) => {
    const options = { runOnly, resultTypes: ['violations'] }
    return (await window.axe.run(document, options)).violations
  }, RULES[scheme] ?? RULES.light)
  return found.map(
    ({ id, nodes }) =>
      `${id} at ${JSON.stringify(nodes[0]?.target)}: ${nodes[0]?.failureSummary ?? ''}`,
  )
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
