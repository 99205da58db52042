export { parse as parsePage } from './import/dom.ts'
export { ImportError, importArticle, formatOf } from './import/index.ts'
export { saveArticle, slugOf } from './save.ts'
export {
  addressOn,
  blockTexts,
  canonical,
  findArticle,
  newestReadable,
  publishedAt,
  readArticle,
  requireArticle,
  revisionsOf,
  type ReadableArticle,
} from './read.ts'
export { isArticleIn, isInSections, pathOfArticle, toSection } from './sections.ts'
export { askForLook, lookAtAddress, lookAtPage } from './look.ts'
export { decideRevision, heldRevisions, type ArticleKey } from './revisions.ts'
