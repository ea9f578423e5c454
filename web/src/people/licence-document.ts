import { instantiate } from '../../../policies/index.ts'
import { countryCodes, type SetUpDraft } from './set-up-draft.ts'

/** The licence as it would be adopted, with stand-ins for the names the registry gives later. */
export const licenceDocument = (template: unknown, draft: SetUpDraft): unknown =>
  instantiate(template, {
    licence: 'urn:commonhold:licence:example:1',
    target: 'urn:commonhold:dataset:example',
    assigner: 'urn:commonhold:community:example',
    title: draft.licenceTitle.trim() || '…',
    home: countryCodes(draft.home),
    region: countryCodes(draft.region),
  })
