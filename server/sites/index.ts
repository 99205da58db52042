export { makeKey, noteUse, revokeKey, secretsOf, siteKeys } from './keys.ts'
export { deleteOldMessages, takeMessage } from './messages.ts'
export { createSite, findSite, lockSite, rememberedSites, type Site } from './sites.ts'
