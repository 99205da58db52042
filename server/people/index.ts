export { createAccount, roleOn, setRole } from './accounts.ts'
export { sessions } from './lucia.ts'
export { whoOn, whoOwn, whoOwnOn, type Actor, type Person } from './sessions.ts'
