export { addJob, jobCall, type BulkNotice, type ErasureStep } from './jobs.ts'
