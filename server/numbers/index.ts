export { countOpenings, deleteOldOpenings, type Openings } from './openings.ts'
export { browserOf } from './reader.ts'
