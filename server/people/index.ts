export {
  anonymise,
  confirmPassword,
  createAccount,
  findAccount,
  roleOn,
  setRole,
  viewAccount,
} from './accounts.ts'
export { sessions } from './lucia.ts'
export { signOut, whoOn, whoOwn, whoOwnOn, type Actor, type Person } from './sessions.ts'
