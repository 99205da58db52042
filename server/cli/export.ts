import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Database } from '../database/connect.ts'
import { exportSite, restoreSite, RestoreError, writeAnnotations, type Write } from '../exporting/index.ts'
import type { Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * Writes a site into a file, or to the output: all of it, or its annotations.
 * @throws UsageError for a format there is not, or a file that is there already
 */
export async function exportTo(
  db: Database,
  site: Site,
  file: string | undefined,
  format: string | undefined,
): Promise<void> {
  if (format !== undefined && format !== 'annotations')
    throw new UsageError(`There is no format "${format}": leave it out for everything, or take annotations.`)
  const write = format === undefined ? exportSite : writeAnnotations
  if (file === undefined) return await write(db, site, writerTo(process.stdout))
  // Not readable for others: it has addresses in it. Nor written over what is there.
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  await once(out, 'open').catch((error: unknown) => {
    throw new UsageError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  await write(db, site, writerTo(out))
  out.end()
  await finished(out)
}

const writerTo =
  (out: NodeJS.WritableStream): Write =>
  async (text) => {
    if (!out.write(text)) await once(out, 'drain')
  }

/** Reads an export of Postil's own into an empty one. @throws UsageError with what is wrong with it */
export async function restoreFrom(db: Database, file: string): Promise<void> {
  try {
    const { slug, rows } = await restoreSite(db, file)
    console.log(`Site ${slug}: ${rows} rows. Check them: npm run postil -- verify --site ${slug}`)
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw error instanceof RestoreError || isFile ? new UsageError(error.message) : error
  }
}
