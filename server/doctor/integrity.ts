import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const loader = fileURLToPath(new URL('../../dist/embed@1.js', import.meta.url))

/**
 * The hash by which browsers tell the embed's script from another one (W3C Subresource Integrity, §3.1).
 * @returns null where the browser's part is not built
 */
export async function scriptIntegrity(): Promise<string | null> {
  const bytes = await readFile(loader).catch(() => null)
  return bytes && `sha384-${createHash('sha384').update(bytes).digest('base64')}`
}
