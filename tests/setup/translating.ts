import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** A real, small server that speaks the API of LibreTranslate, as a test wants it. */
export interface Translating {
  url: string
  /** What it was asked, the last one last. */
  asked: { path: string; body: unknown }[]
  /** What it answers; in the end all of it has to be sent. */
  answer: (response: ServerResponse) => void
  close(): Promise<void>
}

/** Answers as the real one does: what it took the language for, and a text. */
export const says = (translatedText: string, language = 'ru') =>
  json(200, { detectedLanguage: { confidence: 92, language }, translatedText })

export const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export async function openTranslating(): Promise<Translating> {
  const server = createServer((request, response) => void hear(request, response))
  const { promise: listening, resolve } = Promise.withResolvers<undefined>()
  server.listen(0, 'localhost', () => resolve(undefined))
  await listening
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const translating: Translating = {
    url: `http://localhost:${port}`,
    asked: [],
    answer: says('Good day.'),
    async close() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
  async function hear(request: IncomingMessage, response: ServerResponse) {
    const body: unknown = JSON.parse((await text(request)) || 'null')
    translating.asked.push({ path: `${request.method} ${request.url}`, body })
    translating.answer(response)
  }
  return translating
}
