import { createTransport, type SendMailOptions } from 'nodemailer'
import type { MailConfig } from '../config.ts'
import type { MailOutcome } from '../metrics/index.ts'

/** The mail server says no to the address, not to us. */
export interface Refusal {
  kind: 'permanent' | 'temporary'
  reason: string
}

export interface Mailer {
  /** @throws the mail server's error */
  send(message: SendMailOptions): Promise<void>
  close(): void
}

/**
 * Mail by SMTP, over connections that are kept for the next one.
 * @param mailed hears how the mail server took each
 */
export function createMailer(
  { smtpUrl }: MailConfig,
  mailed: (outcome: MailOutcome) => void = () => undefined,
): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A comment names no files.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(message) {
      try {
        await transport.sendMail(message)
        mailed('sent')
      } catch (error) {
        mailed(refusalOf(error) ? 'refused' : 'failed')
        throw error
      }
    },
    close: () => transport.close(),
  }
}

/**
 * Whether an error of the mail server is about the recipient. It says so by refusing the recipient, or, in the enhanced code
 * (RFC 3463), with x.1.x (address) or x.2.x (mailbox) wherever it comes. Everything else, no connection, no
 * leave to relay (x.7.x), a message it does not like, is between it and us: nobody loses their mail for that.
 */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('response' in error) || typeof error.response !== 'string') return null
  const { response } = error
  const code = /^([45])\d\d[ -]?(?:[45]\.(\d{1,3})\.\d{1,3}\b)?/.exec(response)
  if (!code) return null
  const [, first, subject] = code
  const ofRecipient = 'command' in error && error.command === 'RCPT TO'
  const isRefusal = subject === undefined ? ofRecipient : ['1', '2'].includes(subject)
  return isRefusal ? { kind: first === '5' ? 'permanent' : 'temporary', reason: response } : null
}
