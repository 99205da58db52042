import type { FastifyReply } from 'fastify'

const none = "frame-ancestors 'none'"

/** Only what these pages need; sockets go to the page's own host. The console frames an article. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  none,
  "require-trusted-types-for 'script'",
].join('; ')

/** Marks an answer as a page for people, under the policy of all of them. */
export function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .header('cache-control', 'no-cache')
}

/** The same for a page that our own pages may frame: the console shows the discussion of an article on it. */
export const asFramedPage = (reply: FastifyReply): FastifyReply =>
  asPage(reply).header('content-security-policy', policy.replace(none, "frame-ancestors 'self'"))
