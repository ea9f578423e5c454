/** Everything needed to check the log without trusting its server. */
export { canonicalJson } from './canonical.ts'
export * from './cosignature.ts'
export * from './disclosure.ts'
export * from './merkle.ts'
export * from './merkle-verify.ts'
export * from './note.ts'
export * from './receipt.ts'
export * from './tlog-policy.ts'
