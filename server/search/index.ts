export { articlesToKeep, forgetWords, keepWords } from './keep.ts'
export { search } from './results.ts'
