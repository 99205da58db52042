export { accountsBySubject } from './identity.ts'
export { readSignIn, writeSignIn, type SignInSettings } from './settings.ts'
export { deleteExpiredSignIns } from './sign-in.ts'
