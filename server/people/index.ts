export { createAccount, setRole } from './accounts.ts'
export { sessions } from './lucia.ts'
export { whoOn, whoOwn, type Actor, type Person } from './sessions.ts'
