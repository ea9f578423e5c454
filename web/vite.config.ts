import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { operations } from './operations-plugin.ts'
import { weights } from './weights-plugin.ts'

/**
 * What nearly every page is made of, one file instead of eight that each name the others; and the
 * kernel's words, lest a page that only lists them takes the kernel along.
 */
const COMMON_UI =
  /\/src\/ui\/(Button|Notice|Page|Text|State|Field|Choices|GetForm|Languages)\b|\/policies\/rules\/(matters|vocabulary)\b/

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [operations(), react(), weights()],
  build: {
    outDir: '../dist/web/client',
    emptyOutDir: true,
    manifest: true,
    // One sheet for all pages: a page rendered on the server is dressed before any script runs.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The kernel is pure: of its parts a page takes along only those it calls.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !id.includes('/policies/') },
      output: { codeSplitting: { groups: [{ name: 'ui', test: COMMON_UI }] } },
    },
  },
  ssr: { noExternal: true },
  // Otherwise the server bundle keeps React's development build too and chooses it at run time.
  environments: { ssr: { keepProcessEnv: false } },
})
