export {
  anonymise,
  cleanName,
  confirmPassword,
  createAccount,
  findAccount,
  membershipOn,
  openAccount,
  roleOn,
  setRole,
  viewAccount,
  viewerOn,
} from './accounts.ts'
export { createCode } from './codes.ts'
export { labelRow, setBadges, toLabels, type LabelRow } from './labels.ts'
export { hashed, sessions, type Sessions } from './lucia.ts'
export {
  providerOn,
  signIn,
  signInOnSite,
  signOut,
  whoOn,
  whoOwn,
  whoOwnOn,
  type Actor,
  type Person,
} from './sessions.ts'
