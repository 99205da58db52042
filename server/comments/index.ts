export { addComment } from './add.ts'
export { changesAfter, type Change } from './changes.ts'
export { addImported, type ImportedComment } from './imported.ts'
export { changeOf, latestComments } from './latest.ts'
export { appendImported, appendTextEvent, appendThreadEvent, seqsOf } from './log.ts'
export {
  addRevision,
  lockComment,
  logChange,
  rename,
  setErased,
  setState,
  standAfterAll,
  type LockedComment,
} from './state.ts'
export {
  isPublic,
  outward,
  ownReactions,
  placementNow,
  reactionsNow,
  readHead,
  selectComments,
  selectThreads,
  viewComment,
  viewThread,
  visibleTo,
  type CommentFacts,
} from './view.ts'
export { verifyLog } from './verify.ts'
