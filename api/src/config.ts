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
  UPLOAD_KEEP_FREE_BYTES: bytes.default(512 * 1024 ** 2),
  ACCEL_PREFIX: z.string().startsWith('/').optional(),
  S3_URL: z
    .string()
    .regex(
      /^(https?:\/\/[^/?#]+\/[^/?#]+[^?#]*(\?region=[\w-]+)?)?$/,
      'an address such as https://key:secret@s3.example.org/bucket?region=eu-central-1',
    )
    .default(''),
  S3_PRESIGN: flag,
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

/** A bucket, as `S3_URL` names it. */
export interface S3Place {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly prefix: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
}

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
  /** Bytes the disk keeps for votes and the log when uploads would fill it. */
  readonly uploadKeepFreeBytes: number
  /** nginx location that serves `dataDir/blobs` internally; absent: node sends the bytes. */
  readonly accelPrefix: string | null
  /** The bucket that holds the blobs; null: the folder `dataDir/blobs`. */
  readonly s3: S3Place | null
  /** The bucket sends the bytes itself, by an address that is good for a minute. */
  readonly s3Presign: boolean
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

/** The bucket is the first part of the path, what follows stands before every key. */
const s3Of = (text: string): S3Place | null => {
  if (text === '') return null
  const { origin, pathname, username, password, searchParams } = new URL(text)
  const [bucket = '', ...folders] = pathname.split('/').filter((part) => part !== '')
  return {
    endpoint: origin,
    region: searchParams.get('region') ?? 'us-east-1',
    bucket: decodeURIComponent(bucket),
    prefix: folders.map((folder) => `${decodeURIComponent(folder)}/`).join(''),
    credentials:
      username === ''
        ? null
        : {
            accessKeyId: decodeURIComponent(username),
            secretAccessKey: decodeURIComponent(password),
          },
  }
}

// What S3 copies in one step.
const S3_MAX_BYTES = 5 * 1024 ** 3

const checkS3 = (v: z.output<typeof ENVIRONMENT>): void => {
  const problems = [
    ...(v.S3_URL !== '' && v.ACCEL_PREFIX ? ['ACCEL_PREFIX: nginx cannot read a bucket.'] : []),
    ...(v.S3_URL === '' && v.S3_PRESIGN ? ['S3_PRESIGN: there is no S3_URL.'] : []),
    ...(v.S3_URL !== '' && v.UPLOAD_MAX_BYTES > S3_MAX_BYTES
      ? ['UPLOAD_MAX_BYTES: a bucket takes at most 5 GiB.']
      : []),
  ]
  if (problems.length > 0)
    throw new Error(`Settings that cannot be used:\n  ${problems.join('\n  ')}`)
}

/** Reads a flat record of variables; every wrong one is named at once. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = ENVIRONMENT.safeParse(env)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`)
    throw new Error(`Settings that cannot be used:\n${problems.join('\n')}`)
  }
  const v = parsed.data
  checkS3(v)
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
    uploadKeepFreeBytes: v.UPLOAD_KEEP_FREE_BYTES,
    accelPrefix: v.ACCEL_PREFIX ?? null,
    s3: s3Of(v.S3_URL),
    s3Presign: v.S3_PRESIGN,
    tlogPolicy: v.TLOG_POLICY ? resolve(v.TLOG_POLICY) : null,
    smtp: smtpOf(v.SMTP_URL, v.MAIL_FROM),
    logLevel: v.LOG_LEVEL,
    root: findRoot(dirname(fileURLToPath(import.meta.url))),
  }
}

/** The settings of this process. */
export const config = (): Config => readConfig(process.env)
