import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** A file piece by piece, unpacked where it is gzipped. */
export async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const packed = createReadStream(file)
  const isPacked = (await beginningOf(file, 2)).equals(Buffer.from([0x1f, 0x8b]))
  const gunzip = createGunzip()
  // What goes wrong with the file goes wrong with what is made of it.
  packed.on('error', (error) => gunzip.destroy(error))
  const bytes: AsyncIterable<Buffer> = isPacked ? packed.pipe(gunzip) : packed
  yield* bytes
}

async function beginningOf(file: string, length: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The encoding that a file's first bytes tell: by a mark (BOM), else by what an XML declaration says, else UTF-8. */
export function decoderFor(beginning: Buffer): TextDecoder {
  if (beginning[0] === 0xff && beginning[1] === 0xfe) return new TextDecoder('utf-16le')
  if (beginning[0] === 0xfe && beginning[1] === 0xff) return new TextDecoder('utf-16be')
  const declared = /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/.exec(
    beginning.subarray(0, 300).toString('latin1'),
  )
  try {
    return new TextDecoder(declared?.[1] ?? 'utf-8')
  } catch {
    return new TextDecoder('utf-8')
  }
}

/** A file's text piece by piece. What is no text in its encoding becomes U+FFFD, which the import tells of. */
export async function* textOf(file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  for await (const bytes of bytesOf(file)) {
    decoder ??= decoderFor(bytes)
    yield decoder.decode(bytes, { stream: true })
  }
  yield decoder?.decode() ?? ''
}
