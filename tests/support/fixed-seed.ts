import fc from 'fast-check'

// The same cases on every machine, so that red means that something changed. FAST_CHECK_SEED looks further.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_122) })
