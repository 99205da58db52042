export { addReport, closeWithdrawn, moveCase, openCase } from './cases.ts'
export { screen } from './screen/index.ts'
