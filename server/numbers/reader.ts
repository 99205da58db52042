import type { FastifyRequest } from 'fastify'
import { networkOf } from '../http/network.ts'

/** What a browser says with each request, by which one reader is told from another for a day. */
export interface Browser {
  /** An address of IPv4, or the part of one of IPv6 that its household keeps. */
  network: string
  agent: string
}

/** All browsers call themselves so, and so do programs that do as if; of these, most add who they are. */
const browser = /^Mozilla\//
const program = /bot|crawl|spider|slurp|headless|https?:/i

/** @returns the browser of somebody who reads; null for a program that says to be one, and for a page fetched in advance */
export function browserOf({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): Browser | null {
  const agent = headers['user-agent'] ?? ''
  const purpose = headers['sec-purpose'] ?? headers['purpose']
  if (purpose !== undefined || !browser.test(agent) || program.test(agent)) return null
  return { network: networkOf(ip), agent }
}
