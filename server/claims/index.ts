export type { Claimable } from './claims.ts'
export {
  askForClaim,
  claim,
  claimableBy,
  claimantOf,
  deleteExpiredClaims,
  isMailed,
  keepClaim,
  newToken,
} from './claims.ts'
export { takeOver } from './take-over.ts'
