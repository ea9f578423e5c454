import {
  ProposeAttestationDocument,
  ProposeDelegationDocument,
  ProposeDelegationEndDocument,
  ProposeDelegationResumeDocument,
  ProposeElectionDocument,
  ProposeLicenceDocument,
  ProposeMemberDocument,
  ProposeMembershipEndDocument,
  ProposeRevocationDocument,
  ProposeTakedownDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { type ProposeDraft, readLicence } from './propose-draft.ts'
import {
  toAttestation,
  toDelegation,
  toElection,
  toEnd,
  toLicence,
  toMember,
  toRevocation,
  toStanding,
  toTakedown,
} from './propose-input.ts'

/** Sends the proposal of the kind that is chosen; resolves to its id when it was made. */
export function useProposal(community: string) {
  const member = useCommand(ProposeMemberDocument, (data) => data.proposeMember)
  const attestation = useCommand(ProposeAttestationDocument, (data) => data.proposeAttestation)
  const licence = useCommand(ProposeLicenceDocument, (data) => data.proposeLicence)
  const revocation = useCommand(ProposeRevocationDocument, (data) => data.proposeRevocation)
  const seats = useSeatProposal(community)
  const standing = useStandingProposal(community)
  const takedown = useCommand(ProposeTakedownDocument, (data) => data.proposeTakedown)
  const made = async (draft: ProposeDraft) => {
    switch (draft.kind) {
      case 'attestation':
        return (await attestation.send({ input: toAttestation(community, draft) }))
          ?.proposeAttestation
      case 'licence': {
        const read = readLicence(draft.document)
        const document = read.ok ? read.document : null
        return (await licence.send({ input: toLicence(community, draft, document) }))
          ?.proposeLicence
      }
      case 'revocation':
        return (await revocation.send({ input: toRevocation(draft) }))?.proposeRevocation
      case 'takedown':
        return (await takedown.send({ input: toTakedown(draft) }))?.proposeTakedown
      case 'delegation':
      case 'delegationEnd':
      case 'delegationResume':
        return standing.made(draft)
      case 'election':
      case 'end':
        return seats.made(draft)
      default:
        return (await member.send({ input: toMember(community, draft) }))?.proposeMember
    }
  }
  const all = [
    member,
    attestation,
    licence,
    revocation,
    takedown,
    ...seats.commands,
    ...standing.commands,
  ]
  const command = {
    refused: all.find(({ refused }) => refused !== null)?.refused ?? null,
    error: all.find(({ error }) => error !== undefined)?.error,
    busy: all.some(({ busy }) => busy),
  }
  return { send: async (draft: ProposeDraft) => (await made(draft))?.proposal?.id, command }
}

function useSeatProposal(community: string) {
  const election = useCommand(ProposeElectionDocument, (data) => data.proposeElection)
  const end = useCommand(ProposeMembershipEndDocument, (data) => data.proposeMembershipEnd)
  const made = async (draft: ProposeDraft) =>
    draft.kind === 'election'
      ? (await election.send({ input: toElection(community, draft) }))?.proposeElection
      : (await end.send({ input: toEnd(community, draft) }))?.proposeMembershipEnd
  return { made, commands: [election, end] }
}

function useStandingProposal(community: string) {
  const handing = useCommand(ProposeDelegationDocument, (data) => data.proposeDelegation)
  const ending = useCommand(ProposeDelegationEndDocument, (data) => data.proposeDelegationEnd)
  const resuming = useCommand(
    ProposeDelegationResumeDocument,
    (data) => data.proposeDelegationResume,
  )
  const made = async (draft: ProposeDraft) => {
    if (draft.kind === 'delegation')
      return (await handing.send({ input: toDelegation(community, draft) }))?.proposeDelegation
    const input = toStanding(draft)
    return draft.kind === 'delegationResume'
      ? (await resuming.send({ input }))?.proposeDelegationResume
      : (await ending.send({ input }))?.proposeDelegationEnd
  }
  return { made, commands: [handing, ending, resuming] }
}
