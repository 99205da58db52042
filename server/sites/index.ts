export { createSite, findSite, rememberedSites, type Site } from './sites.ts'
