export { eraseAccount } from './account.ts'
export { eraseComment } from './comment.ts'
export { readErasure, requestErasure } from './request.ts'
export { eraseExpired } from './retention.ts'
