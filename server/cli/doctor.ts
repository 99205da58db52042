import type { Database } from '../database/connect.ts'
import { diagnose } from '../doctor/index.ts'
import { findSite } from '../sites/index.ts'

const signs = { right: '  ok    ', note: '  note  ', fault: '  FAULT ' } as const

/**
 * Prints what is right and wrong about the embed on a page. The operator names the address, so it may be any.
 * @returns whether nothing is wrong
 */
export async function examinePage(
  db: Database,
  address: string,
  { site, base }: { site: string | null; base: string | null },
): Promise<boolean> {
  const findings = await diagnose(
    address,
    { origins: null, may: () => true },
    { site: (slug) => findSite(db, slug), slug: site, base },
  )
  console.log(address)
  for (const { level, says, change } of findings) {
    console.log(signs[level] + says)
    if (change !== null) console.log(`          → ${change}`)
  }
  return findings.every(({ level }) => level !== 'fault')
}
