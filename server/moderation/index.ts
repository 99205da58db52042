export { addReport, closeWithdrawn, moveCase, openCase, reopenWithdrawn } from './cases.ts'
export { screen } from './screen/index.ts'
export { standingOf } from './sanctions.ts'
