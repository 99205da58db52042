import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  addCheckpoints,
  lastCheckpoint,
  parseCheckpoint,
  publicKey,
  verifyAudit,
  type Verified,
} from '../audit/index.ts'
import type { Database } from '../database/connect.ts'
import type { Site } from '../sites/index.ts'
import { UsageError } from './usage-error.ts'

/** Long enough to be worth a word on the way. */
const everyRows = 100_000

/**
 * Walks a site's audit log and says in words what was found.
 * @param own the server's key, where there is one
 * @returns whether all of it fits
 */
export async function verifyChain(
  db: Database,
  site: Site,
  own: KeyObject | null,
  { checkpoint, key = [] }: { checkpoint?: string; key?: string[] } = {},
): Promise<boolean> {
  const others = await Promise.all(key.map(async (file) => publicKey(await readText(file))))
  const keys = own ? [createPublicKey(own), ...others] : others
  const witness = checkpoint === undefined ? null : checkpointIn(await readText(checkpoint))
  const found = await verifyAudit(db, site.id, {
    keys,
    witness,
    onProgress(rows) {
      if (rows > 0 && rows % everyRows === 0) console.log(`Audit: ${rows} rows so far.`)
    },
  })
  console.log(describe(found))
  return found.broken === null
}

function describe({ rows, broken, why, checkpoints: { signed, unsigned, unknown } }: Verified): string {
  if (broken !== null) return `Audit: broken at row ${broken}: ${why ?? ''}.`
  const lines = [
    `Audit: ${countOf(rows, 'row')}, the chain is whole. Checkpoints that fit: ${signed + unsigned + unknown}.`,
  ]
  if (unknown > 0)
    lines.push(`  ${unknown} ${are(unknown)} signed with another key: give its public half with --key FILE.`)
  if (unsigned > 0)
    lines.push(
      `  ${unsigned} ${are(unsigned)} not signed: whoever can write to the database could have done so.`,
    )
  return lines.join('\n')
}

const are = (count: number) => (count === 1 ? 'is' : 'are')
const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Signs where a site's log stands, unless that is done; printed, it is a line to be kept out of the server's reach. */
export async function checkpoint(
  db: Database,
  site: Site,
  own: KeyObject | null,
  print: boolean,
): Promise<void> {
  await addCheckpoints(db, own, site.id)
  const last = await lastCheckpoint(db, site.id)
  if (!last) throw new UsageError(`The audit log of ${site.slug} is empty: there is nothing to sign yet.`)
  const how = last.signature === null ? 'not signed: there is no AUDIT_KEY' : 'signed'
  console.log(
    print ? JSON.stringify(last) : `Checkpoint of ${last.at} over ${countOf(last.rows, 'row')}, ${how}.`,
  )
}

/** Prints the public half of the server's key, for whoever is to check its signatures. */
export function printKey(own: KeyObject | null): void {
  if (!own) throw new UsageError('There is no key: set AUDIT_KEY.')
  console.log(createPublicKey(own).export({ type: 'spki', format: 'pem' }).toString().trimEnd())
}

function checkpointIn(text: string) {
  try {
    return parseCheckpoint(text)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
