export { deleteOldInvitations, newToken, noteMail } from './invitations.ts'
