export { deleteOldNotifications, forgetComment } from './expire.ts'
export { notifyFollowers } from './notify.ts'
export { tellAuthor } from './tell.ts'
export { findByToken, unsubscribe, type Unsubscribing } from './unsubscribe.ts'
