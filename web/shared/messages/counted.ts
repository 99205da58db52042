/** A number with its noun. @example counted(1, 'comment', 'comments') // '1 comment' */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${new Intl.PluralRules('en').select(count) === 'one' ? one : many}`
