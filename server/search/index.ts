export { asModerator, find } from './find.ts'
export { articlesToKeep, forgetWords, keepWords } from './keep.ts'
export { excerptsOf, pageSize, search, textOf } from './results.ts'
