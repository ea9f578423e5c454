import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Prints what each chunk weighs on the wire, heaviest first. */
export function weights(): Plugin {
  return {
    name: 'commonhold:weights',
    apply: ({ build }) => !build?.ssr,
    writeBundle(_options, bundle) {
      const rows = Object.values(bundle)
        .filter((file) => /\.(js|css)$/.test(file.fileName))
        .map((file) => ({
          name: file.fileName,
          bytes: gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 }).length,
        }))
        .sort((a, b) => b.bytes - a.bytes)
      for (const { name, bytes } of rows) {
        this.info(`${(bytes / 1000).toFixed(1).padStart(7)} kB gzip  ${name}`)
      }
    },
  }
}
