import { Type, type Static } from 'typebox'

/** What may be null. */
export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** A UUIDv7, in lower or upper case. */
export const Id = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  description: 'a UUID',
})

/** Counts up from 1, as far as PostgreSQL's `integer` does. */
export const Counter = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

/** A site's short name, as it stands in the script tag. */
export const SiteSlug = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })

/** An instant, ISO 8601 in UTC. */
export const Instant = Type.String({ description: 'an instant, ISO 8601 in UTC' })

export const Direction = Type.Union([Type.Literal('ltr'), Type.Literal('rtl'), Type.Literal('auto')])

/** Where the next page begins: opaque, from the page before. */
export const Cursor = Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' })

/** What every answer with an error looks like (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'stable; compare this, not the title' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    requestId: Type.Optional(Type.String({ description: 'what the server’s log calls this request' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: Type.String({ description: 'path in the body, for example anchor.position.start' }),
            detail: Type.String(),
          },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: true },
)
export type Problem = Static<typeof Problem>
