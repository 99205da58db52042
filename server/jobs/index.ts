export { addJob, type Jobs } from './jobs.ts'
