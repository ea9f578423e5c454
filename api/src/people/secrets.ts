import { hash, randomBytes } from 'node:crypto'

/** 256 random bits for a cookie, a link or a token. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored in place of a secret. */
export const fingerprint = (secret: string): string => hash('sha256', secret, 'base64url')

// Hugging Face clients send no token that does not start with `hf_`.
const PREFIX = 'hf_ch_'

/** A personal token: prefix, then 192 random bits. */
export const newToken = (): string => `${PREFIX}${randomBytes(24).toString('base64url')}`

export const looksLikeToken = (text: string): boolean => text.startsWith(PREFIX)
