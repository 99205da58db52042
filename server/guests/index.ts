export { forgetGuests } from './guests.ts'
