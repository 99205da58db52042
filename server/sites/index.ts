export { makeKey, noteUse, overlapDays, revokeKey, secretsOf, siteKeys, writtenSecret } from './keys.ts'
export { deleteOldMessages, takeMessage } from './messages.ts'
export { createSite, findSite, lockSite, rememberedSites, type Site } from './sites.ts'
