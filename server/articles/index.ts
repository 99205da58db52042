export { importArticle, formatOf } from './import/index.ts'
export { saveArticle } from './save.ts'
export { blockTexts, readArticle, type ReadableArticle } from './read.ts'
