import type { Doc } from './values.ts'

/** A refusal as MongoDB phrases it: it reaches the driver as a server error with this code. */
export interface StoreError extends Error {
  readonly code: number
  readonly codeName: string
  readonly details: Doc
}

const refusals = new WeakSet<object>()

export const storeError = (
  code: number,
  codeName: string,
  message: string,
  details: Doc = {},
): StoreError => {
  const error = Object.assign(new Error(message), { code, codeName, details })
  refusals.add(error)
  return error
}

export const isStoreError = (error: unknown): error is StoreError =>
  typeof error === 'object' && error !== null && refusals.has(error)

export const badValue = (message: string): StoreError => storeError(2, 'BadValue', message)

export const failedToParse = (message: string): StoreError =>
  storeError(9, 'FailedToParse', message)

/** What the embedded store leaves out is refused by name, never ignored. */
export const unsupported = (feature: string, code = 238, codeName = 'NotImplemented'): StoreError =>
  storeError(
    code,
    codeName,
    `${feature} is not supported by the embedded store; rewrite the operation or use a MongoDB server`,
  )
