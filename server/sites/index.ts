export { createSite, type SiteGiven } from './create.ts'
export { makeKey, noteUse, overlapDays, revokeKey, secretsOf, siteKeys, writtenSecret } from './keys.ts'
export { deleteOldMessages, takeMessage } from './messages.ts'
export { findSite, lockSite, rememberedSites, type Site } from './sites.ts'
