import type { BlockKind } from '../../../core/anchoring/index.ts'

/** A piece of an article. `html` has inline markup for reading; its text is `text`. */
export interface ImportedBlock {
  kind: BlockKind
  level?: number
  text: string
  html: string | null
}

/** What was done to the source, for whoever imports it to look through. */
export interface ReportLine {
  kind: 'joined' | 'dropped' | 'metadata'
  detail: string
}

export interface ImportedArticle {
  title: string
  byline: string | null
  /** ISO 8601. */
  publishedAt: string | null
  /** BCP 47, as the source says; null where it does not. */
  language: string | null
  direction: 'ltr' | 'rtl' | 'auto'
  excerpt: string | null
  blocks: ImportedBlock[]
  report: ReportLine[]
}

/** The source cannot be imported; the message says why and what to do. */
export class ImportError extends Error {}
