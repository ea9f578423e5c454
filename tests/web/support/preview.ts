/** Serves the built pages over sample data: `npx tsx tests/web/support/preview.ts [port]`. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { sampleExecutor } from './sample-executor.ts'
import { proofAnswer } from './sample-log.ts'

const root = fileURLToPath(new URL('../../../dist/web/', import.meta.url))
const { render } = await import(`${root}server/entry-server.js`)
const template = readFileSync(`${root}client/index.html`, 'utf8')
const execute = sampleExecutor()

const app = express()
app.use(express.static(`${root}client`, { index: false }))
app.use(express.json())
app.post('/graphql', async (request, response) => {
  response.json(await execute(request.body.query, request.body.variables ?? {}))
})
app.get('/log/proof', (request, response) => {
  response.json(proofAnswer(Number(request.query.index)))
})
app.use(async (request, response) => {
  const nonce = randomBytes(16).toString('base64')
  response.set(
    'content-security-policy',
    `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  )
  const origin = 'http://127.0.0.1'
  const page = await render({
    url: request.originalUrl,
    locale: 'en',
    nonce,
    template,
    origin,
    execute,
  })
  if (page.location) return response.redirect(page.location)
  response.status(page.status).type('html').send(page.html)
})
const server = app.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(JSON.stringify(server.address()))
})
