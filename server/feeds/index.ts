export { addFeed, dropFeed, feedsOf } from './feeds.ts'
export { dueFeeds, readFeed } from './read.ts'
