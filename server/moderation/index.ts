export { addReport, closeWithdrawn, openCase } from './cases.ts'
export { screen } from './screen/index.ts'
