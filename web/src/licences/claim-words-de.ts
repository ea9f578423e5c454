export { german } from '../../../policies/rules/messages-de.ts'
