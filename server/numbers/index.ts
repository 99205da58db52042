export { countOpenings, deleteOldOpenings, type Kind, type Openings } from './openings.ts'
export { browserOf } from './reader.ts'
