export { importArticle, formatOf, type ImportedArticle } from './import/index.ts'
export { saveArticle } from './save.ts'
export { blockTexts, findArticle, readArticle, type ReadableArticle } from './read.ts'
