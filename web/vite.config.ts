import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { operations } from './operations-plugin.ts'
import { weights } from './weights-plugin.ts'

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
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes('/policies/') } },
  },
  ssr: { noExternal: true },
  // Otherwise the server bundle keeps React's development build too and chooses it at run time.
  environments: { ssr: { keepProcessEnv: false } },
})
