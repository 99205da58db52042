export { carryArticle } from './carry.ts'
export { keepPlacement, placeBySelectors, placeNew, requireAnchor } from './place.ts'
export { verifyAnchors } from './verify.ts'
