import {
  ProposeAttestationDocument,
  ProposeLicenceDocument,
  ProposeMemberDocument,
  ProposeRevocationDocument,
} from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import {
  type ProposeDraft,
  readLicence,
  toAttestation,
  toLicence,
  toMember,
  toRevocation,
} from './propose-draft.ts'

/** Sends the proposal of the kind that is chosen; resolves to its id when it was made. */
export function useProposal(community: string) {
  const member = useCommand(ProposeMemberDocument, (data) => data.proposeMember)
  const attestation = useCommand(ProposeAttestationDocument, (data) => data.proposeAttestation)
  const licence = useCommand(ProposeLicenceDocument, (data) => data.proposeLicence)
  const revocation = useCommand(ProposeRevocationDocument, (data) => data.proposeRevocation)
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
      default:
        return (await member.send({ input: toMember(community, draft) }))?.proposeMember
    }
  }
  const all = [member, attestation, licence, revocation]
  const command = {
    refused: all.find(({ refused }) => refused !== null)?.refused ?? null,
    error: all.find(({ error }) => error !== undefined)?.error,
    busy: all.some(({ busy }) => busy),
  }
  return { send: async (draft: ProposeDraft) => (await made(draft))?.proposal?.id, command }
}
