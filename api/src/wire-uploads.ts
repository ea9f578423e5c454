import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Files } from './datasets/files.ts'
import { openUploadDesk, type UploadDesk } from './datasets/upload-desk.ts'
import type { UploadStore } from './datasets/uploads.ts'
import { openPartialFiles } from './storage/partial-files.ts'

/** The desk of uploads within the limits of the settings. */
export const openUploads = async (
  config: Config,
  files: Files,
  uploads: UploadStore,
): Promise<UploadDesk> =>
  openUploadDesk({
    files,
    partials: await openPartialFiles({ dir: join(config.dataDir, 'uploads') }),
    uploads,
    wallClock: Date.now,
    limits: {
      maxBytes: config.uploadMaxBytes,
      quotaBytes: config.uploadQuotaBytes,
      keepFree: config.uploadKeepFreeBytes,
    },
  })
