export * from './rules/log-proof.ts'
