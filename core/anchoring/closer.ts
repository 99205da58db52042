/** What finds a passage that is not there to the letter: in the browser a part of its own, fetched when there is one. */
export { locate } from './locate.ts'
export { prepare } from './prepared.ts'
