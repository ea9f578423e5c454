import { createHash, timingSafeEqual } from 'node:crypto'
import { DEFAULTS, isKind, type NoticeKind } from './notice.ts'
import type { NoticeStore } from './store.ts'

/** Deterministic (RFC 8032) and known to nobody else: what it signs, only we can have written. */
export type Sign = (bytes: Uint8Array) => Uint8Array

/** What one link ends: one kind, or the daily letter. */
export type Ends = NoticeKind | 'digest'

const proof = (sign: Sign, account: string, ends: Ends): string =>
  createHash('sha256')
    .update(sign(Buffer.from(`unsubscribe\n${account}\n${ends}`)))
    .digest('base64url')

/** A link that works without signing in, for one person and one kind of e-mail, and for nothing else. */
export const unsubscribeToken = (sign: Sign, account: string, ends: Ends): string =>
  `${account}.${ends}.${proof(sign, account, ends)}`

/** Who wants what no more; null when nobody here has written this. */
export const readUnsubscribe = (
  sign: Sign,
  token: string,
): { readonly account: string; readonly ends: Ends } | null => {
  const [account = '', ends = '', given = ''] = token.split('.')
  if (!isKind(ends) && ends !== 'digest') return null
  const wanted = Buffer.from(proof(sign, account, ends))
  const got = Buffer.from(given)
  const same = wanted.length === got.length && timingSafeEqual(wanted, got)
  return same ? { account, ends } : null
}

/** Done twice, it changes nothing more. */
export const unsubscribe = async (
  store: Pick<NoticeStore, 'settings' | 'saveSettings'>,
  { account, ends }: { readonly account: string; readonly ends: Ends },
): Promise<void> => {
  const settings = (await store.settings(account)) ?? DEFAULTS
  if (ends === 'digest') return store.saveSettings(account, { ...settings, mode: 'none' })
  const off = [...new Set([...settings.off, ends])]
  await store.saveSettings(account, { ...settings, off })
}
