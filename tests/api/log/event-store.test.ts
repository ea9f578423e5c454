import { eventStoreContract } from '../../support/event-store-contract.ts'
import { memoryEvents } from '../../support/memory-log.ts'

eventStoreContract('memory', async () => memoryEvents())
