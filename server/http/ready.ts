import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { varyBy } from './vary.ts'

const pack = {
  br: (plain: Buffer) =>
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: promisify(gzip),
}
type Encoding = keyof typeof pack
const encodings = ['br', 'gzip'] as const
/** Bytes below which packing saves nothing. */
export const packedFrom = 1024

/** An answer in JSON that is sent many times: serialised once, and packed once for each way in which browsers take it. */
export class Ready {
  readonly plain: Buffer
  /** Weak, since it is the same however it is packed (RFC 9110, §8.8.1). */
  readonly etag: string
  readonly #packed = new Map<Encoding, Promise<Buffer>>()

  constructor(text: string) {
    this.plain = Buffer.from(text)
    this.etag = `W/"${createHash('sha256').update(this.plain).digest('base64url').slice(0, 22)}"`
  }

  /** Answers with it, or says that the browser has it. @returns what the handler is to send */
  async send(request: FastifyRequest, reply: FastifyReply): Promise<Buffer> {
    reply.header('etag', this.etag).header('cache-control', 'private, no-cache')
    varyBy(reply, 'accept-encoding')
    if (request.headers['if-none-match'] === this.etag) {
      reply.code(304)
      return Buffer.alloc(0)
    }
    reply.type('application/json; charset=utf-8')
    const encoding = this.plain.length < packedFrom ? undefined : takenBy(request)
    if (encoding === undefined) return this.plain
    reply.header('content-encoding', encoding)
    return await this.#pack(encoding)
  }

  async #pack(encoding: Encoding): Promise<Buffer> {
    const packed = this.#packed.get(encoding) ?? pack[encoding](this.plain)
    this.#packed.set(encoding, packed)
    return await packed
  }
}

/** The best encoding that the browser takes, if it takes one. */
const takenBy = ({ headers }: FastifyRequest): Encoding | undefined =>
  encodings.find((one) =>
    (headers['accept-encoding'] ?? '')
      .split(',')
      .some((taken) => new RegExp(`^\\s*${one}\\s*(?:;\\s*q=(?!0(?:\\.0*)?\\s*$).*)?$`, 'i').test(taken)),
  )
