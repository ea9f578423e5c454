export { german } from '../../../policies/index.ts'
