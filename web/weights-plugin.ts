import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const brotli = (bytes: Uint8Array): Uint8Array =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })

/** Puts a .br and a .gz beside each text file, and prints what it weighs on the wire. */
export function weights(): Plugin {
  return {
    name: 'commonhold:weights',
    apply: ({ build }) => !build?.ssr,
    async writeBundle({ dir = '' }, bundle) {
      const rows: { name: string; bytes: number }[] = []
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css)$/.test(file.fileName)) continue
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        const packed = gzipSync(bytes, { level: 9 })
        await writeFile(join(dir, `${file.fileName}.gz`), packed)
        await writeFile(join(dir, `${file.fileName}.br`), brotli(bytes))
        rows.push({ name: file.fileName, bytes: packed.length })
      }
      for (const { name, bytes } of rows.sort((a, b) => b.bytes - a.bytes)) {
        this.info(`${(bytes / 1000).toFixed(1).padStart(7)} kB gzip  ${name}`)
      }
    },
  }
}
