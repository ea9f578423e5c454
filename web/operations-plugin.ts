import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { print, stripIgnoredCharacters } from 'graphql'
import type { Plugin } from 'vite'

const imports = /import\s+(type\s+)?\{([^}]*)\}\s+from\s+'([^']*graphql\/generated\.ts)'/g

/** The operation as one line of GraphQL, without the syntax tree that the generator writes out. */
function operationText(file: string, name: string): string {
  const start = `export const ${name} = `
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((text) => text.startsWith(start))
  const json = line?.slice(start.length, line.lastIndexOf(' as unknown as DocumentNode'))
  if (!json) throw new Error(`${name} is not in ${file}: run "npm run codegen"`)
  return stripIgnoredCharacters(print(JSON.parse(json)))
}

/** One module an operation, so that a page carries its own operations and no others. */
export function operations(): Plugin {
  return {
    name: 'commonhold:operations',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('graphql/generated.ts')) return
      return code.replace(
        imports,
        (whole, type: string | undefined, names: string, from: string) => {
          if (type) return whole
          const file = resolve(dirname(id), from)
          if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run codegen"`)
          const values = names.split(',').map((name) => name.trim())
          return values
            .filter((name) => name.endsWith('Document'))
            .map((name) => `import { ${name} } from '${file}?operation=${name}'`)
            .join(';')
        },
      )
    },
    load(id) {
      const [file, name] = id.split('?operation=')
      if (!file || !name) return
      return `export const ${name} = ${JSON.stringify(operationText(file, name))}`
    },
  }
}
