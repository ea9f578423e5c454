import { describe, expect, it } from 'vitest'
import { type Journey, timelineOf } from '../../web/src/grants/request-timeline.ts'

const proposal = {
  phase: 'open',
  madeAt: '2026-03-01T00:00:00Z',
  opensAt: '2026-03-01T00:00:00Z',
  closesAt: '2026-03-15T00:00:00Z',
  enactableFrom: '2026-03-22T00:00:00Z',
  challenges: [],
}
const voting: Journey = {
  state: 'voting',
  submittedAt: '2026-03-01T00:00:00Z',
  proposal,
  grant: null,
}
const keys = (journey: Journey, now: string) => timelineOf(journey, now).map(({ key }) => key)
const ahead = (journey: Journey, now: string) =>
  timelineOf(journey, now)
    .filter(({ past }) => !past)
    .map(({ key }) => key)

describe('the story of a request', () => {
  it('ends with the licence when no vote is needed', () => {
    const granted = { ...voting, proposal: null, grant: { issuedAt: '2026-03-01T00:00:00Z' } }
    expect(keys(granted, '2026-03-02T00:00:00Z')).toEqual([
      'status.asked',
      'status.answered',
      'status.granted',
    ])
  })

  it('tells what lies ahead until the close', () => {
    expect(ahead(voting, '2026-03-10T00:00:00Z')).toEqual(['status.close', 'status.effect'])
  })

  it('turns the close into the past at its very instant', () => {
    expect(keys(voting, '2026-03-15T00:00:00Z')).toContain('status.closed')
    expect(keys(voting, '2026-03-14T23:59:59Z')).toContain('status.close')
  })

  it('tells of an appeal, and not of a veto, behind the close', () => {
    const at = '2026-03-16T00:00:00Z'
    const made = ['veto', 'appeal'].map((kind) => ({ kind, at }))
    const story = timelineOf({ ...voting, proposal: { ...proposal, challenges: made } }, at)
    expect(story.slice(-3)).toEqual([
      { key: 'status.closed', at: proposal.closesAt, past: true },
      { key: 'status.appealed', at, past: true },
      { key: 'status.effect', at: proposal.enactableFrom, past: false },
    ])
  })

  it('says that somebody has to open the vote', () => {
    const waiting = { ...voting, proposal: { ...proposal, opensAt: null, closesAt: null } }
    expect(ahead(waiting, '2026-03-10T00:00:00Z')).toContain('status.waitsToOpen')
  })

  it.each(['withdrawn', 'rejected', 'unanswered'] as const)('ends when it is %s', (state) => {
    const story = timelineOf({ ...voting, state }, '2026-03-20T00:00:00Z')
    expect(story.at(-1)).toEqual({ key: `status.${state}`, at: null, past: true })
  })
})
