import type { Proposal } from './governance.ts'

/** Accounts of those it is decided about: who asked, who is vouched for, whose grant or seat it is. */
export const concernedBy = ({ secret }: Pick<Proposal, 'secret'>): readonly string[] => {
  const { requester, account, concerned } = secret
  const all = [requester, account, ...(Array.isArray(concerned) ? concerned : [])]
  return all.filter((one) => typeof one === 'string')
}
