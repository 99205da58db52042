export { appendAudit } from './chain.ts'
export { addCheckpoints, lastCheckpoint, parseCheckpoint } from './checkpoint.ts'
export { auditKey, publicKey } from './key.ts'
export { verifyAudit, type Verified } from './verify.ts'
