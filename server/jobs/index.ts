export { addJob } from './jobs.ts'
