import { useCommandKey } from '../graphql/command-key.ts'
import { ContributeDocument, CreateDatasetDocument } from '../graphql/generated.ts'
import { useCommand } from '../graphql/use-command.ts'
import { type ContributeDraft, toContributeInput, toDatasetInput } from './contribute-draft.ts'
import type { UploadQueue } from './upload-queue.ts'

/** The two commands of the wizard: the dataset if it is new, then the contribution itself. */
export function useHandIn() {
  const keyOf = useCommandKey()
  const create = useCommand(CreateDatasetDocument, (data) => data.createDataset)
  const hand = useCommand(ContributeDocument, (data) => data.contribute)
  const makeDataset = async (draft: ContributeDraft) =>
    (await create.send({ input: toDatasetInput(draft) }))?.createDataset.dataset
  const handIn = async (draft: ContributeDraft, queue: UploadQueue) => {
    const key = keyOf(toContributeInput(draft, queue, ''))
    return (await hand.send({ input: toContributeInput(draft, queue, key) }))?.contribute
  }
  const command = {
    refused: create.refused ?? hand.refused,
    error: create.error ?? hand.error,
    busy: create.busy || hand.busy,
  }
  return { makeDataset, handIn, command }
}
