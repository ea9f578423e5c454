import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Where package.json lies: the same folder from the sources and from `dist`. */
const findRoot = (from: string): string =>
  existsSync(join(from, 'package-lock.json')) || dirname(from) === from
    ? from
    : findRoot(dirname(from))

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('0')
  .transform((value) => value === '1' || value === 'true')

const bytes = z.coerce.number().int().positive()

/** Every variable the registry reads, with what it means when left out. */
export const ENVIRONMENT = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  PUBLIC_URL: z.url().optional(),
  REGISTRY_NAME: z.string().min(1).default('Commonhold'),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z.string().startsWith('mongodb').optional(),
  DEMO: flag,
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  UPLOAD_MAX_BYTES: bytes.default(2 * 1024 ** 3),
  UPLOAD_QUOTA_BYTES: bytes.default(20 * 1024 ** 3),
  ACCEL_PREFIX: z.string().startsWith('/').optional(),
  TLOG_POLICY: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^(smtps?:\/\/\S+)?$/, 'an address such as smtps://user:password@mail.example.org')
    .default(''),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)?$/,
      'such as Name <name@example.org>',
    )
    .default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
})

export interface Config {
  readonly host: string
  readonly port: number
  /** Absent: derived from host and port. */
  readonly publicUrl: string
  readonly name: string
  readonly dataDir: string
  /** Absent: the embedded engine on `dataDir`. */
  readonly mongoUri: string | null
  /** Demonstration server: the clock may be moved forward by anyone. */
  readonly demo: boolean
  /** Number of reverse proxies whose forwarding headers are believed. */
  readonly trustProxy: number
  readonly uploadMaxBytes: number
  readonly uploadQuotaBytes: number
  /** nginx location that serves `dataDir/blobs` internally; absent: node sends the bytes. */
  readonly accelPrefix: string | null
  /** File that names the logs this registry watches and the witnesses of its own. */
  readonly tlogPolicy: string | null
  /** The relay that sends e-mail; null: e-mails lie in `dataDir/outbox`. */
  readonly smtp: { readonly url: string; readonly from: string } | null
  readonly logLevel: string
  /** The folder with package.json. */
  readonly root: string
}

const smtpOf = (url: string, from: string): Config['smtp'] => {
  if (url === '') return null
  if (from === '') {
    throw new Error('Settings that cannot be used:\n  MAIL_FROM: SMTP_URL needs a sender.')
  }
  return { url, from }
}

/** Reads a flat record of variables; every wrong one is named at once. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = ENVIRONMENT.safeParse(env)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`)
    throw new Error(`Settings that cannot be used:\n${problems.join('\n')}`)
  }
  const v = parsed.data
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? `http://localhost:${v.PORT}`,
    name: v.REGISTRY_NAME,
    dataDir: resolve(v.DATA_DIR),
    mongoUri: v.MONGODB_URI ?? null,
    demo: v.DEMO,
    trustProxy: v.TRUST_PROXY,
    uploadMaxBytes: v.UPLOAD_MAX_BYTES,
    uploadQuotaBytes: v.UPLOAD_QUOTA_BYTES,
    accelPrefix: v.ACCEL_PREFIX ?? null,
    tlogPolicy: v.TLOG_POLICY ? resolve(v.TLOG_POLICY) : null,
    smtp: smtpOf(v.SMTP_URL, v.MAIL_FROM),
    logLevel: v.LOG_LEVEL,
    root: findRoot(dirname(fileURLToPath(import.meta.url))),
  }
}

/** The settings of this process. */
export const config = (): Config => readConfig(process.env)
