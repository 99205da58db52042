import type { Finding } from '../../core/contract/sites.ts'

export const right = (about: string, says: string): Finding => ({ level: 'right', about, says, change: null })
export const hint = (about: string, says: string): Finding => ({ level: 'note', about, says, change: null })
export const fault = (about: string, says: string, change: string): Finding => ({
  level: 'fault',
  about,
  says,
  change,
})
