import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** An S3 server with one bucket. */
export interface S3Server {
  /** As the setting `S3_URL` takes it, without a folder. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** The server that `TEST_S3_URL` names; else one in this process, on a folder of its own. */
export const startS3 = async (): Promise<S3Server> => {
  const given = process.env.TEST_S3_URL
  if (given) return { url: given, close: async () => undefined }
  const directory = await mkdtemp(join(tmpdir(), 's3-'))
  const configureBuckets = [{ name: 'blobs' }]
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets,
  })
  const { port } = await server.run()
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/blobs`,
    close: async () => {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
