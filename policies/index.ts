export * from './rules/governance.ts'
export * from './rules/licences.ts'
export * from './rules/log-proof.ts'
