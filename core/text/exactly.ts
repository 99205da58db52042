const lengths = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/**
 * A length of time to the second, in its largest unit that takes no fraction.
 * @example exactly(5400, 'en') // '90 minutes'
 */
export function exactly(seconds: number, language: string): string {
  const [unit, size] = lengths.find(([, length]) => seconds % length === 0) ?? ['second', 1]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size)
}
