import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const begins = '-----BEGIN'

/**
 * The Ed25519 key that checkpoints are signed with: kept beside the database, since whoever can write to that must not be
 * able to sign.
 * @param given what `AUDIT_KEY` holds: the key itself in PEM, or the path of a file with it
 * @param own a file that the key is read from where nothing is given, made where it is not there; null: no key then
 * @returns null when there is none
 * @throws Error with one line that says what is wrong with the key
 */
export async function auditKey(given: string | null, own: string | null): Promise<KeyObject | null> {
  if (given !== null) return privateKey(given.startsWith(begins) ? given : await read(given))
  if (own === null) return null
  try {
    return privateKey(await readFile(own, 'utf8'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const { privateKey: made } = generateKeyPairSync('ed25519')
  await mkdir(dirname(own), { recursive: true })
  // Where another process was faster, its key is the one.
  await writeFile(own, made.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' }).catch(
    () => undefined,
  )
  return privateKey(await readFile(own, 'utf8'))
}

/** A public key from PEM, also the one that belongs to a private key. @throws Error where it is not of Ed25519 */
export function publicKey(pem: string): KeyObject {
  return ofEd25519(() => createPublicKey(pem))
}

const privateKey = (pem: string) => ofEd25519(() => createPrivateKey(pem))

function ofEd25519(make: () => KeyObject): KeyObject {
  let key: KeyObject | undefined
  try {
    key = make()
  } catch {
    // Not told why: the message may quote the key.
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error('The audit key is no Ed25519 key in PEM. Make one: openssl genpkey -algorithm ed25519')
  return key
}

/** @returns the name of a key: the SHA-256 of its public half (SPKI, DER), in hexadecimal digits */
export function keyId(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new Error(
      `The audit key cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
}
