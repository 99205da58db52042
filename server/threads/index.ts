export { findDiscussed, findThread, readInContext, type DiscussedArticle } from './permalink.ts'
export { post } from './post.ts'
export { readComments, readThreads } from './read.ts'
