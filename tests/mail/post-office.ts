import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived. */
export interface Arrived extends ParsedMail {
  recipients: string[]
  /** As it came over the line: the headers are its first lines. */
  raw: string
}

/** A real mail server that keeps what it is given. */
export interface PostOffice {
  url: string
  mails: Arrived[]
  /** What it says to each recipient, in the order they are named: null takes the mail, a reply code with words does not. */
  answer: (recipient: string) => string | null
  /** What it says when a mail is there, likewise. */
  verdict: () => string | null
  /** Waited for before a mail that is there is answered. */
  delay: () => Promise<void>
  /** Whom mail was tried to, taken or not. */
  tried: string[]
  to(address: string): Arrived[]
  close(): Promise<void>
}

export async function openPostOffice(): Promise<PostOffice> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      office.tried.push(address)
      done(refusal(office.answer(address)))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts)
        Promise.all([simpleParser(raw), office.delay()]).then(
          ([mail]) => {
            const no = refusal(office.verdict())
            const recipients = session.envelope.rcptTo.map(({ address }) => address)
            if (!no) office.mails.push({ ...mail, recipients, raw: raw.toString('utf8') })
            done(no)
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        )
      })
    },
  })
  const { promise: listening, resolve } = Promise.withResolvers<undefined>()
  server.listen(0, 'localhost', () => resolve(undefined))
  await listening
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const office: PostOffice = {
    url: `smtp://localhost:${port}`,
    mails: [],
    answer: () => null,
    verdict: () => null,
    delay: () => Promise.resolve(),
    tried: [],
    to: (wanted) => office.mails.filter(({ recipients }) => recipients.includes(wanted)),
    close: () => new Promise((closed) => server.close(() => closed())),
  }
  return office
}

function refusal(answer: string | null): Error | null {
  if (answer === null) return null
  const [code, ...words] = answer.split(' ')
  return Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })
}
