export { addAppeal } from './appeals.ts'
export { reportByMail, reportsToAnswer } from './by-mail.ts'
export {
  addReport,
  closeErased,
  closeWithdrawn,
  isPassedOn,
  moveCase,
  openCase,
  reopenWithdrawn,
  sample,
} from './cases.ts'
export { clearWords } from './erase.ts'
export { countOpenCases } from './filter.ts'
export { learnFromDecisions, sitesToLearn } from './learning/index.ts'
export { decisionNow, decisionsOf } from './notice.ts'
export { publicNumbers, shownFor } from './publication.ts'
export { setRules } from './rules/change.ts'
export { examine } from './rules/examine.ts'
export { hoursOf, hoursOfAll } from './rules/hours.ts'
export { knownOf } from './rules/known.ts'
export { deleteOldSketches, keepSketch, type Sketch } from './rules/sketch.ts'
export { activeRules, noRules } from './rules/store.ts'
export { readingsOf } from './screen/guesses.ts'
