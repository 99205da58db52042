import type { Standing } from '../../../core/contract/staff.ts'

/** What a publisher makes somebody. */
export const staffRoles = ['moderator', 'lead', 'publisher'] as const
export type StaffRole = (typeof staffRoles)[number]

/** A role with its sections, as fields: sections are lines. */
export interface RoleDraft {
  role: StaffRole
  sections: string
}

export const newRole = (): RoleDraft => ({ role: 'moderator', sections: '' })

export const toRoleDraft = ({ role, sections }: Standing): RoleDraft => ({
  role: staffRoles.find((one) => one === role) ?? 'moderator',
  sections: sections?.join('\n') ?? '',
})

/** The fields as the server takes them: without sections, the whole site. */
export function toStanding({ role, sections }: RoleDraft): { role: StaffRole; sections: string[] | null } {
  const lines = sections
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return { role, sections: role === 'moderator' && lines.length > 0 ? lines : null }
}
