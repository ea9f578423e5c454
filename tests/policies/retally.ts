import type { Choice, Frozen, ProposalEvent } from '../../policies/index.ts'

/** What a member with a pencil finds when counting the accepted events again. */
export interface Recount {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  readonly objections: number
  readonly deciders: number
  readonly pass: boolean
}

const share = (text: string): [bigint, bigint] => {
  const [num = '', den = ''] = text.split('/')
  return [BigInt(num), BigInt(den)]
}

/** part / whole ≥ share, by cross-multiplication of big integers. */
const reaches = (part: number, whole: number, text: string): boolean => {
  const [num, den] = share(text)
  return BigInt(part) * den >= num * BigInt(whole)
}

type Papers = Record<string, Choice>

const heard = (ballots: readonly { member: string; choice: Choice }[] = []): Papers =>
  Object.fromEntries(ballots.map(({ member, choice }) => [member, choice]))

/** Who stands aside, and what lies in the box for everybody, put in by themselves or from a meeting. */
function read(accepted: readonly ProposalEvent[]): { aside: Set<string>; paper: Papers } {
  const aside = new Set<string>()
  const paper: Papers = Object.create(null)
  const meeting: Papers = Object.create(null)
  const minutes: Record<string, readonly { member: string; choice: Choice }[]> = Object.create(null)
  for (const event of accepted) {
    if (event.type === 'ballot') paper[event.by] = event.choice
    if (event.type === 'withdraw-objection') paper[event.by] = 'abstain'
    if (event.type === 'assist') minutes[event.minute] = event.ballots
    if (event.type === 'recuse') aside.add(event.by)
    if (event.type === 'recuse.peers') aside.add(event.member)
    if (event.type === 'confirm-assist') Object.assign(meeting, heard(minutes[event.minute]))
  }
  return { aside, paper: Object.assign(meeting, paper) }
}

/** Counts a vote a second way, straight from the rule: no code is shared with the kernel. */
export function recount(frozen: Frozen, accepted: readonly ProposalEvent[]): Recount {
  const { aside, paper } = read(accepted)
  for (const name of frozen.aside ?? []) aside.add(name)
  const rollNames = Object.keys(frozen.roll)
  const deciders = rollNames.filter((name) => !aside.has(name))
  const voices = deciders.map((name): Choice | 'silent' => {
    if (paper[name]) return paper[name]
    const proxy = frozen.proxies[name]
    if (!proxy || !deciders.includes(proxy) || !paper[proxy]) return 'silent'
    return paper[proxy] === 'object' && !frozen.proxyCarriesObjection ? 'no' : paper[proxy]
  })
  const among = (...wanted: string[]) => voices.filter((voice) => wanted.includes(voice)).length
  const yes = among('yes')
  const no = among('no', 'object')
  const groups = [...new Set(Object.values(frozen.roll))].filter((group) => group !== '')
  const agreeing = groups.filter((group) => {
    const yesThere = deciders.filter((n, i) => frozen.roll[n] === group && voices[i] === 'yes')
    return yesThere.length >= (frozen.rule.groups?.minYes ?? 0)
  })
  const quorate =
    deciders.length >= frozen.rule.minDeciders &&
    !more(rollNames.length - deciders.length, rollNames.length, frozen.maxRecusedShare)
  const groupsAgree =
    frozen.rule.groups === null ||
    (agreeing.length > 0 && reaches(agreeing.length, groups.length, frozen.rule.groups.need))
  const consent = frozen.rule.objection === 'none' || among('object') === 0
  const carried =
    yes > no &&
    reaches(yes, deciders.length, frozen.rule.approveOfRoll) &&
    reaches(yes, yes + no, frozen.rule.approveOfCast)
  return {
    yes,
    no,
    abstain: among('abstain'),
    objections: among('object'),
    deciders: deciders.length,
    pass: quorate && groupsAgree && consent && carried,
  }
}

const more = (part: number, whole: number, text: string): boolean => {
  const [num, den] = share(text)
  return BigInt(part) * den > num * BigInt(whole)
}
