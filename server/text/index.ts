export { checkLink } from './link.ts'
export { parse } from './parse.ts'
export { toHtml, toPlainText } from './print.ts'
export { requireText } from './require.ts'
