export { addJob, jobCall, type BulkNotice } from './jobs.ts'
