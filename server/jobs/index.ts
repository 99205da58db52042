export {
  addJob,
  countJobs,
  jobCall,
  type BulkNotice,
  type ErasureStep,
  type Jobs,
  type TakingOver,
} from './jobs.ts'
export { keeping, passOn, tellWebhooks } from './outbox.ts'
