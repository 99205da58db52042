export { carryArticle } from './carry.ts'
export { keepPlacement, placeNew, requireAnchor } from './place.ts'
export { verifyAnchors } from './verify.ts'
