export { addJob, jobCall } from './jobs.ts'
