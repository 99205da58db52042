import { Type, type Static } from 'typebox'
import { Counter, nullable } from './common.ts'

const closed = { additionalProperties: false }

/** The text that a moderator has before them, and the language to read it in. */
export const NewTranslation = Type.Object(
  {
    revision: Counter,
    target: Type.String({ pattern: '^[a-z]{2,3}$', description: 'a language, without script and region' }),
  },
  closed,
)
export type NewTranslation = Static<typeof NewTranslation>

/** What a machine made of a comment's text, without its form. */
export const Translation = Type.Object(
  {
    text: Type.String(),
    from: nullable(Type.String({ description: 'the language that the machine took it for' })),
  },
  closed,
)
export type Translation = Static<typeof Translation>
