import type { Database } from '../database/connect.ts'
import { importComments, mappingOf, readers, type Imported, type Source } from '../importing/index.ts'
import type { Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/** @returns the format of this name, or null */
export function sourceOf(name: string | undefined): Source | null {
  return name !== undefined && Object.hasOwn(readers, name) ? (name as Source) : null
}

/**
 * Imports the comments of another program's export, tells how far it is on the error output, and then what became of them.
 * @throws UsageError for a mapping that is none, or a file that cannot be read
 */
export async function importFile(
  db: Database,
  site: Site,
  source: Source,
  file: string,
  { map = [], dryRun }: { map?: string[] | undefined; dryRun: boolean },
): Promise<void> {
  const mappings = map.map((typed) => {
    const mapping = mappingOf(typed)
    if (!mapping)
      throw new UsageError(`"${typed}" is no mapping. Write it as --map OLD=NEW, like /blog/=/posts/.`)
    return mapping
  })
  const onProgress = (done: number, all: number) => process.stderr.write(`\r  ${done} of ${all} comments`)
  const done = await importComments(db, site, source, file, { mappings, dryRun, onProgress }).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES'))
        throw new UsageError(`${file} cannot be read: ${error.message}`)
      throw error
    },
  )
  process.stderr.write('\n')
  for (const line of report(site, done, dryRun)) console.log(line)
}

function report(site: Site, done: Imported, dryRun: boolean): string[] {
  const { written, articles, faults, faultCount } = done
  const lines = [
    dryRun ? 'Nothing was written. An import would come to:' : 'Imported:',
    `  ${Object.values(written).reduce((sum, one) => sum + one)} comments: ${written.approved} to be seen, ${written.pending} waiting, ${written.spam} rejected, ${written.deleted} deleted`,
    `  ${done.known} more were here already`,
    `  ${done.anchored} stand at the passage they quote, with the answers to them`,
    `  ${articles.known + articles.made} articles, ${articles.made} of them new`,
  ]
  if (done.strangers.length > 0)
    lines.push(
      `  Some articles are at ${done.strangers.join(', ')}, which is no origin of ${site.slug}: the embed will not find them there. Say where they are now: --map OLD=NEW`,
    )
  if (faultCount > 0) lines.push(`  ${faultCount} remarks:`)
  for (const { spot, reason } of faults) lines.push(`    ${spot}: ${reason}`)
  if (faultCount > faults.length) lines.push(`    and ${faultCount - faults.length} more`)
  return lines
}
