export { findDiscussed, findThread, readInContext, type DiscussedArticle } from './permalink.ts'
export { openThread } from './open.ts'
export { post } from './post.ts'
export { readComments, readThreads } from './read.ts'
