export { react } from './react.ts'
