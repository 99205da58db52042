import { describe, expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'

const smtp = { SMTP_URL: 'smtp://user:secret@mail.example:587' }

describe('without a mail server', () => {
  test.each([{}, { SMTP_URL: '' }, { PUBLIC_URL: 'https://postil.example', MAIL_FROM: 'a@b.example' }])(
    'there is no mail: %j',
    (env) => {
      expect(readConfig(env).mail).toBeNull()
    },
  )
})

describe('with one', () => {
  test('the rest follows from the port on a laptop', () => {
    expect(readConfig({ ...smtp, PORT: '4001' }).mail).toEqual({
      smtpUrl: smtp.SMTP_URL,
      from: 'Postil <postil@localhost>',
      publicUrl: 'http://localhost:4001',
    })
  })

  test('the address is taken without its slash', () => {
    const env = { ...smtp, PUBLIC_URL: 'https://postil.example/', MAIL_FROM: '"P, O." <p@postil.example>' }
    expect(readConfig(env).mail).toMatchObject({
      publicUrl: 'https://postil.example',
      from: '"P, O." <p@postil.example>',
    })
  })

  test.each([
    [{ ...smtp, NODE_ENV: 'production' }, 'PUBLIC_URL'],
    [{ ...smtp, PUBLIC_URL: 'postil.example' }, 'PUBLIC_URL'],
    [{ ...smtp, MAIL_FROM: 'Postil' }, 'MAIL_FROM'],
    [{ ...smtp, MAIL_FROM: 'P <a@b.example>\r\nBcc: c@d.example' }, 'MAIL_FROM'],
    [{ SMTP_URL: 'mail.example:587' }, 'SMTP_URL'],
  ])('what it cannot do with is named: %j', (env, name) => {
    expect(() => readConfig(env)).toThrow(name)
  })

  test('no error holds its password', () => {
    expect(() => readConfig({ SMTP_URL: 'imap://user:secret@mail.example' })).toThrow(/^(?!.*secret)/)
  })
})
