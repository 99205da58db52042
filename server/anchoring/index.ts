export { carryArticle } from './carry.ts'
export { keepPlacement, placeNew } from './place.ts'
export { verifyAnchors } from './verify.ts'
