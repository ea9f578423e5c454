import { parentPort, workerData } from 'node:worker_threads'
import { startServer } from './server.ts'

/** What the main thread hands over; `storage/embedded/index.ts` is the only one to start this file. */
const { file, socket }: { file: string; socket: string } = workerData

const close = await startServer({ file, socket })

parentPort?.once('message', async () => {
  await close()
  process.exit(0)
})
parentPort?.postMessage('listening')
