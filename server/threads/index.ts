export { post, type Place } from './post.ts'
