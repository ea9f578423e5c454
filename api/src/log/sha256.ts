import { hash } from 'node:crypto'
import { treeHash } from '../../../policies/index.ts'

/** SHA-256 in one call: a third of the cost of a hash object for short inputs. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer')

/** RFC 6962 tree hashing for the server. */
export const tree = treeHash(sha256)

/** SHA-256 of a text's UTF-8 bytes, as text. */
export const textDigest = (text: string, encoding: 'base64' | 'base64url' | 'hex'): string =>
  hash('sha256', text, encoding)
