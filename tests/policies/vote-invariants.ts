import fc from 'fast-check'
import type { Frozen, Phase, ProposalEvent, View } from '../../policies/index.ts'
import type * as Kernel from '../../policies/rules/governance.ts'
import { recount } from './retally.ts'
import {
  ballot,
  cast,
  choice,
  eventAt,
  eventsOf,
  frozen,
  MEMBERS,
  scenario,
} from './vote-arbitraries.ts'

/** The functions under test; the mutation suite hands in broken ones. */
export type VoteKernel = Pick<typeof Kernel, 'view' | 'admissible'>

export interface Invariant {
  readonly name: string
  readonly check: fc.IRawProperty<unknown>
}

const EVER = Number.MAX_SAFE_INTEGER
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What must hold of every vote, whatever happens to it (votes A4). */
export function voteInvariants({ view, admissible }: VoteKernel): Invariant[] {
  const passes = (vote: Frozen, events: readonly ProposalEvent[]): boolean =>
    view(vote, events, vote.openedAt).tally.pass
  const invariant = <T>(name: string, given: fc.Arbitrary<T>, holds: (value: T) => boolean) => ({
    name,
    check: fc.property(given, holds) as fc.IRawProperty<unknown>,
  })

  return [
    invariant(
      'nothing after the close changes the count',
      fc.record({ at: scenario, later: fc.array(eventAt(fc.integer({ min: 0, max: 60 }))) }),
      ({ at: { frozen: vote, events }, later }) => {
        const counted = view(vote, events, EVER)
        const before = counted.accepted.filter((event) => event.at < counted.closesAt)
        const close = view(vote, before, EVER).closesAt
        const after = later.map((event) => ({ ...event, at: close + event.at }))
        after.sort((a, b) => a.at - b.at)
        return same(view(vote, [...before, ...after], EVER).tally, view(vote, before, EVER).tally)
      },
    ),
    invariant('no more voices are counted than can decide', scenario, (s) => {
      const { yes, no, abstain, cast: voices, deciders } = view(s.frozen, s.events, s.now).tally
      const size = Object.keys(s.frozen.roll).length
      return yes + no + abstain === voices && voices <= deciders && deciders <= size
    }),
    invariant('ballots from outside the roll change nothing', scenario, (s) => {
      const onRoll = s.events.filter(
        (event) => event.type !== 'ballot' || Object.hasOwn(s.frozen.roll, event.by),
      )
      return same(view(s.frozen, onRoll, s.now), view(s.frozen, s.events, s.now))
    }),
    invariant(
      'accepted ballots come from the roll and never after standing aside',
      scenario,
      (s) => {
        const aside = new Set<string>()
        return view(s.frozen, s.events, s.now).accepted.every((event) => {
          if (event.type === 'recuse') aside.add(event.by)
          if (event.type === 'recuse.peers') aside.add(event.member)
          if (event.type !== 'ballot') return true
          return Object.hasOwn(s.frozen.roll, event.by) && !aside.has(event.by)
        })
      },
    ),
    invariant('every voting event counted lies between opening and close', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      return seen.accepted.every((event) => {
        const voting = [
          'ballot',
          'recuse',
          'recuse.peers',
          'withdraw-objection',
          'assist',
          'confirm-assist',
        ]
        const inTime = event.at >= s.frozen.openedAt && event.at < seen.closesAt
        return voting.includes(event.type) === inTime
      })
    }),
    invariant('a minute that nobody confirmed changes nothing but itself', scenario, (s) => {
      const { accepted, tally } = view(s.frozen, s.events, s.now)
      const confirmed = new Set(
        accepted.flatMap((event) => (event.type === 'confirm-assist' ? [event.minute] : [])),
      )
      const kept = accepted.filter(
        (event) => event.type !== 'assist' || confirmed.has(event.minute),
      )
      return same(view(s.frozen, kept, s.now).tally, tally)
    }),
    invariant('two different stewards vouch for every minute that counts', scenario, (s) => {
      const { accepted } = view(s.frozen, s.events, s.now)
      const entered = new Map(
        accepted.flatMap((event) => (event.type === 'assist' ? [[event.minute, event.by]] : [])),
      )
      return accepted.every((event) => {
        if (event.type !== 'confirm-assist') return true
        const by = entered.get(event.minute)
        const stewards = s.frozen.assisted?.stewards ?? []
        return by !== event.by && stewards.includes(by ?? '') && stewards.includes(event.by)
      })
    }),
    invariant('no more are heard through others than the charter allows', scenario, (s) => {
      const { assisted } = view(s.frozen, s.events, s.now).tally
      const [num = 0, den = 1] = (s.frozen.assisted?.maxShare ?? '0/1').split('/').map(Number)
      return assisted * den <= num * Object.keys(s.frozen.roll).length
    }),
    invariant(
      'who casts a ballot is heard by it and not by what was entered',
      scenario,
      (given) => {
        // A ballot that was entered may move the close; here only whose voice counts is asked.
        const times = { ...given.frozen.times, maxExtensions: 0 }
        const s = { ...given, frozen: { ...given.frozen, times } }
        const { accepted, tally } = view(s.frozen, s.events, s.now)
        const own = new Set(
          accepted.flatMap((event) => (event.type === 'ballot' ? [event.by] : [])),
        )
        const kept = accepted.map((event) =>
          event.type === 'assist'
            ? { ...event, ballots: event.ballots.filter(({ member }) => !own.has(member)) }
            : event,
        )
        const emptied = kept.flatMap((event) =>
          event.type === 'assist' && event.ballots.length === 0 ? [event.minute] : [],
        )
        const left = kept.filter((event) => !('minute' in event && emptied.includes(event.minute)))
        return same(view(s.frozen, left, s.now).tally, tally)
      },
    ),
    invariant('a standing veto blocks every way to an effect', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const standing = standingVetoes(seen)
      const blocked = !['standstill', 'enactable', 'enacted', 'expired'].includes(seen.phase)
      return standing.size === 0
        ? seen.vetoedBy === undefined
        : blocked && seen.vetoedBy !== undefined
    }),
    invariant('only a guardian vetoes, with a reason, in the window, not aside', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const aside = asideOf(seen)
      return seen.accepted.every(
        (event) =>
          event.type !== 'veto' ||
          (s.frozen.vetoers.includes(event.by) &&
            event.reason.trim() !== '' &&
            !aside.has(event.by) &&
            event.at >= seen.closesAt &&
            event.at < seen.closesAt + s.frozen.times.veto),
      )
    }),
    invariant(
      'only the appeal body appeals, with a reason, in the window, not aside',
      scenario,
      (s) => {
        const seen = view(s.frozen, s.events, s.now)
        const aside = asideOf(seen)
        return seen.accepted.every(
          (event) =>
            event.type !== 'appeal' ||
            (s.frozen.appealers.includes(event.by) &&
              event.reason.trim() !== '' &&
              !aside.has(event.by) &&
              event.at >= seen.closesAt &&
              event.at < seen.closesAt + s.frozen.times.appeal),
        )
      },
    ),
    invariant('every appeal is decided at most once, and only an appeal is', scenario, (s) => {
      let pending = false
      return view(s.frozen, s.events, s.now).accepted.every((event) => {
        if (event.type !== 'appeal' && event.type !== 'decide-appeal') return true
        const fits = pending === (event.type === 'decide-appeal')
        pending = event.type === 'appeal'
        return fits
      })
    }),
    invariant('no effect before veto and appeal are over, none after it lapsed', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const { veto, appeal, execWithin } = s.frozen.times
      const dismissed = seen.accepted.flatMap((e) => (e.type === 'decide-appeal' ? [e.at] : []))
      const from = Math.max(seen.closesAt + Math.max(veto, appeal), ...dismissed)
      return seen.accepted.every(
        (event) => event.type !== 'enact' || (event.at >= from && event.at < from + execWithin),
      )
    }),
    invariant('there is at most one effect, and only of an accepted decision', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const effects = seen.accepted.filter((event) => event.type === 'enact')
      const named = effects.every((event) => event.effect === seen.effect && event.effect !== '')
      const enacted = seen.phase === 'enacted'
      return effects.length === (enacted ? 1 : 0) && named && (!enacted || seen.tally.pass)
    }),
    invariant('changing a ballot to yes never turns a pass into a fail', cast, (c) => {
      if (c.aside.includes(c.who)) return true
      const before = passes(c.frozen, eventsOf(c.ballots, c.aside))
      const after = passes(c.frozen, eventsOf({ ...c.ballots, [c.who]: 'yes' }, c.aside))
      return !before || after
    }),
    invariant('coming to vote no never turns a fail into a pass', cast, (c) => {
      const { [c.who]: _, ...absent } = c.ballots
      const before = passes(c.frozen, eventsOf(absent, c.aside))
      const after = passes(c.frozen, eventsOf({ ...absent, [c.who]: 'no' }, c.aside))
      return before || !after
    }),
    invariant('the ballot of who stands aside changes nothing, lent votes included', cast, (c) => {
      const { [c.who]: _, ...without } = c.ballots
      const aside = { type: 'recuse', by: c.who, reason: 'kin', at: c.frozen.openedAt } as const
      const events = [...eventsOf(c.ballots), aside]
      const late = ballot(c.who, 'yes', c.frozen.openedAt)
      const plain = view(c.frozen, [...eventsOf(without), aside], c.frozen.openedAt).tally
      return (
        same(view(c.frozen, events, c.frozen.openedAt).tally, plain) &&
        same(view(c.frozen, [...events, late], c.frozen.openedAt).tally, plain)
      )
    }),
    invariant('a silent member who stands aside never makes a pass fail', cast, (c) => {
      const vote = { ...loose(c.frozen), proxies: {} }
      const { [c.who]: _, ...absent } = c.ballots
      return !passes(vote, eventsOf(absent)) || passes(vote, eventsOf(absent, [c.who]))
    }),
    invariant('a tie is a no', cast, (c) => {
      const { tally } = view(c.frozen, eventsOf(c.ballots, c.aside), c.frozen.openedAt)
      return tally.yes > tally.no || !tally.pass
    }),
    invariant('without a yes nothing passes', cast, (c) => {
      const kept = Object.entries(c.ballots).filter(([, what]) => what !== 'yes')
      return !passes(c.frozen, eventsOf(Object.fromEntries(kept), c.aside))
    }),
    invariant('the close moves only later, and only so far', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const { extension, maxExtensions } = s.frozen.times
      const first = s.frozen.openedAt + s.frozen.times.openFor
      const latest = first + seen.extensions * extension
      return seen.closesAt >= first && seen.closesAt <= latest && seen.extensions <= maxExtensions
    }),
    invariant(
      'a late flip moves the close while extensions remain, nothing else does',
      scenario,
      (s) =>
        view(s.frozen, s.events, EVER).accepted.every((event, index, accepted) => {
          const before = view(s.frozen, accepted.slice(0, index), event.at)
          const after = view(s.frozen, accepted.slice(0, index + 1), event.at)
          const { lateWindow, extension, maxExtensions } = s.frozen.times
          const late = event.at < before.closesAt && event.at >= before.closesAt - lateWindow
          const flips = before.tally.pass !== after.tally.pass
          const moves = late && flips && before.extensions < maxExtensions
          const close = moves ? Math.max(before.closesAt, event.at + extension) : before.closesAt
          const turns = before.extensions + (close > before.closesAt ? 1 : 0)
          return after.closesAt === close && after.extensions === turns
        }),
    ),
    invariant('replaying what counted gives the same view', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      return same(view(s.frozen, seen.accepted, s.now), seen)
    }),
    invariant('a vote read back from storage gives the same view', scenario, (s) => {
      const stored = JSON.parse(JSON.stringify(s.frozen)) as Frozen
      return same(view(stored, s.events, s.now), view(s.frozen, s.events, s.now))
    }),
    invariant('looking changes nothing', scenario, (s) => {
      const before = JSON.stringify(s)
      view(s.frozen, s.events, s.now)
      return JSON.stringify(s) === before
    }),
    invariant(
      'a phase is followed only by phases that may follow it',
      fc.record({ at: scenario, wait: fc.integer({ min: 0, max: 100 }) }),
      ({ at: s, wait }) => {
        const first = view(s.frozen, s.events, s.now)
        const then = view(s.frozen, s.events, s.now + wait)
        return first.phase === 'open' || MAY_FOLLOW[first.phase].includes(then.phase)
      },
    ),
    invariant('a standing objection has a reason and stops consent', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const reasoned = seen.accepted.every(
        (event) =>
          event.type !== 'ballot' ||
          event.choice !== 'object' ||
          (event.reason ?? '').trim() !== '',
      )
      const blocks = s.frozen.rule.objection === 'blocks' && seen.tally.objections > 0
      return reasoned && !(blocks && seen.tally.pass)
    }),
    invariant("one's own ballot beats a proxy", cast, (c) => {
      const everyone = Object.keys(c.frozen.roll).map((name) => [name, c.ballots[name] ?? 'no'])
      const events = eventsOf(Object.fromEntries(everyone), c.aside)
      const alone = { ...c.frozen, proxies: {} }
      const at = c.frozen.openedAt
      return same(view(c.frozen, events, at).tally, view(alone, events, at).tally)
    }),
    invariant('a quorate roll that agrees passes', frozen, (vote) => {
      const easy = loose({ ...vote, rule: { ...vote.rule, groups: null } })
      return passes(
        easy,
        Object.keys(vote.roll).map((by) => ballot(by, 'yes', vote.openedAt)),
      )
    }),
    invariant('groups that all agree are enough groups', frozen, (vote) => {
      const groups = { need: '1/1', minYes: 1 }
      const easy = loose({ ...vote, rule: { ...vote.rule, groups } })
      const named = Object.values(vote.roll).some((group) => group !== '')
      const all = Object.keys(vote.roll).map((by) => ballot(by, 'yes', vote.openedAt))
      return passes(easy, all) === named
    }),
    invariant(
      'the last ballot of a member counts',
      fc.record({ vote: frozen, choices: fc.array(choice, { minLength: 1, maxLength: 4 }) }),
      ({ vote, choices }) => {
        const [who = ''] = Object.keys(vote.roll)
        const alone = { ...vote, proxies: {} }
        const all = choices.map((what) => ballot(who, what, vote.openedAt))
        const { tally } = view(alone, all, vote.openedAt)
        return same(tally, view(alone, all.slice(-1), vote.openedAt).tally) && tally.cast === 1
      },
    ),
    invariant(
      'to stand aside from the start is to stand aside before anybody has voted',
      fc.record({ s: scenario, nth: fc.nat(20) }),
      ({ s, nth }) => {
        const { roll, vetoers, appealers, openedAt: at } = s.frozen
        const places = [...Object.keys(roll), ...vetoers, ...appealers]
        const by = places[nth % places.length] ?? ''
        const first = { type: 'recuse', by, reason: 'it is about me', at } as const
        const { accepted: one, ...own } = view({ ...s.frozen, aside: [by] }, s.events, s.now)
        const { accepted, ...asked } = view(s.frozen, [first, ...s.events], s.now)
        // Who looks before the opening sees nobody's act yet.
        return s.now < at || (same(own, asked) && same([first, ...one], accepted))
      },
    ),
    invariant('to stand aside is to count as never on the roll', cast, (c) => {
      const vote = { ...loose(c.frozen), proxies: {} }
      const { [c.who]: _, ...others } = vote.roll
      if (Object.keys(others).length === 0) return true
      const { [c.who]: __, ...ballots } = c.ballots
      const ungrouped = { ...vote, rule: { ...vote.rule, groups: null } }
      return (
        passes(ungrouped, eventsOf(ballots, [c.who])) ===
        passes({ ...ungrouped, roll: others }, eventsOf(ballots))
      )
    }),
    invariant(
      'peers make a member stand aside only by the share the charter asks',
      scenario,
      (s) => {
        const { accepted } = view(s.frozen, s.events, s.now)
        return accepted.every((event, index) => {
          if (event.type !== 'recuse.peers') return true
          const aside = asideOf({ accepted: accepted.slice(0, index) })
          const peers = Object.keys(s.frozen.roll).filter(
            (n) => n !== event.member && !aside.has(n),
          )
          const [num = 0, den = 1] = s.frozen.recusalByPeers.split('/').map(Number)
          const half = num * 2 === den
          const share = new Set(event.by).size * den
          const enough = half ? share > num * peers.length : share >= num * peers.length
          return enough && event.by.length > 0 && event.by.every((by) => peers.includes(by))
        })
      },
    ),
    invariant('the view leaves out exactly what the guard denies', scenario, (s) => {
      const admitted: ProposalEvent[] = []
      for (const event of s.events.filter((e) => e.at <= s.now)) {
        if (admissible(s.frozen, admitted, event).decision === 'permit') admitted.push(event)
      }
      return same(view(s.frozen, s.events, s.now).accepted, admitted)
    }),
    invariant('what comes later cannot be seen now', scenario, (s) => {
      const past = s.events.filter((event) => event.at <= s.now)
      return same(view(s.frozen, past, s.now), view(s.frozen, s.events, s.now))
    }),
    invariant(
      'the phase changes by itself exactly when it says it will',
      fc.record({ at: scenario, wait: fc.integer({ min: 1, max: 200 }) }),
      ({ at: s, wait }) => {
        const { phase, nextChangeAt, accepted } = view(s.frozen, s.events, s.now)
        const phaseIn = (t: number) => view(s.frozen, accepted, t).phase
        if (nextChangeAt === null) return phaseIn(s.now + wait) === phase
        return (
          nextChangeAt > s.now &&
          phaseIn(nextChangeAt - 1) === phase &&
          phaseIn(nextChangeAt) !== phase
        )
      },
    ),
    invariant('an effect is possible exactly in the time the view names', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      if (seen.phase === 'open' || seen.phase === 'enacted') return true
      const { enactableFrom: from, expiresAt: until } = seen
      const inside = from !== null && until !== null && from <= s.now && s.now < until
      const enact = { type: 'enact', effect: 'e', at: s.now } as const
      const may = admissible(s.frozen, seen.accepted, enact).decision === 'permit'
      return (seen.phase === 'enactable') === inside && may === inside
    }),
    invariant('a count with pencil and paper finds the same', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const { yes, no, abstain, objections, deciders, pass } = seen.tally
      return same(
        { yes, no, abstain, objections, deciders, pass },
        recount(s.frozen, seen.accepted),
      )
    }),
    invariant(
      'who stands aside brings nothing about, whatever their account alone sends',
      fc.record({ at: scenario, who: fc.constantFrom(...MEMBERS) }),
      ({ at: { frozen: vote, events, now }, who }) => {
        const aside = {
          type: 'recuse',
          by: who,
          reason: 'my own request',
          at: vote.openedAt,
        } as const
        const alone = events.flatMap((event) => inTheNameOf(who, event))
        const seen = view(vote, [aside, ...alone], now)
        return !(seen.tally.pass || PASSED.includes(seen.phase))
      },
    ),
    invariant('without its timers a vote is decided the same', scenario, (s) => {
      const seen = view(s.frozen, s.events, s.now)
      const isEffect = ({ type }: ProposalEvent) => type === 'enact'
      const idle = view(
        s.frozen,
        s.events.filter((event) => !isEffect(event)),
        s.now,
      )
      const effect = seen.accepted.findIndex(isEffect)
      if (effect === -1) return same(idle, seen)
      const waiting = view(s.frozen, seen.accepted.slice(0, effect), seen.accepted[effect]?.at ?? 0)
      return same(idle.tally, seen.tally) && waiting.phase === 'enactable'
    }),
    invariant('a tally gives its reasons', scenario, (s) => {
      const { tally } = view(s.frozen, s.events, s.now)
      return tally.reasons.length > 0 && !(tally.pass && tally.inquorate)
    }),
  ]
}

const PASSED: readonly Phase[] = ['standstill', 'vetoed', 'enactable', 'enacted', 'expired']

/** What an account could send of this event: in its own name, and nothing of the system. */
function inTheNameOf(who: string, event: ProposalEvent): ProposalEvent[] {
  if (event.type === 'decide-appeal') return []
  if (event.type === 'enact') return [event]
  return [event.type === 'recuse.peers' ? { ...event, by: [who] } : { ...event, by: who }]
}

const MAY_FOLLOW: Readonly<Record<Exclude<Phase, 'open'>, readonly Phase[]>> = {
  rejected: ['rejected', 'appealed', 'annulled'],
  inquorate: ['inquorate', 'appealed', 'annulled'],
  standstill: ['standstill', 'vetoed', 'appealed', 'annulled', 'enactable', 'enacted', 'expired'],
  vetoed: ['vetoed', 'standstill', 'appealed', 'annulled', 'enactable', 'enacted', 'expired'],
  appealed: [
    ...(['appealed', 'rejected', 'inquorate', 'standstill', 'vetoed'] as const),
    ...(['annulled', 'enactable', 'enacted', 'expired'] as const),
  ],
  annulled: ['annulled'],
  enactable: ['enactable', 'enacted', 'expired'],
  enacted: ['enacted'],
  expired: ['expired'],
}

/** The same vote with every quorum condition out of the way. */
function loose(vote: Frozen): Frozen {
  return {
    ...vote,
    maxRecusedShare: '1/1',
    rule: { ...vote.rule, minDeciders: 1, objection: 'none' },
  }
}

function asideOf({ accepted }: Pick<View, 'accepted'>): Set<string> {
  return new Set(
    accepted.flatMap((event) => {
      if (event.type === 'recuse') return [event.by]
      return event.type === 'recuse.peers' ? [event.member] : []
    }),
  )
}

function standingVetoes({ accepted }: View): Set<string> {
  const standing = new Set<string>()
  for (const event of accepted) {
    if (event.type === 'veto') standing.add(event.by)
    if (event.type === 'lift-veto') standing.delete(event.by)
  }
  return standing
}
