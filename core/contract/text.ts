import { Type, type Static } from 'typebox'
import { Id } from './common.ts'

const closed = { additionalProperties: false }
const Text = Type.String()

const tree = {
  Inline: Type.Union([
    Type.Object({ type: Type.Literal('text'), text: Text }, closed),
    Type.Object({ type: Type.Literal('emphasis'), children: Type.Array(Type.Ref('Inline')) }, closed),
    Type.Object({ type: Type.Literal('strong'), children: Type.Array(Type.Ref('Inline')) }, closed),
    Type.Object({ type: Type.Literal('code'), text: Text }, closed),
    Type.Object({ type: Type.Literal('link'), href: Text, children: Type.Array(Type.Ref('Inline')) }, closed),
    Type.Object({ type: Type.Literal('break') }, closed),
    // Somebody who takes part in the discussion; shown as @name.
    Type.Object({ type: Type.Literal('mention'), id: Id, name: Text }, closed),
  ]),
  TextBlock: Type.Union([
    Type.Object({ type: Type.Literal('paragraph'), children: Type.Array(Type.Ref('Inline')) }, closed),
    Type.Object({ type: Type.Literal('quote'), children: Type.Array(Type.Ref('TextBlock')) }, closed),
    Type.Object(
      {
        type: Type.Literal('list'),
        ordered: Type.Boolean(),
        start: Type.Optional(Type.Integer()),
        items: Type.Array(Type.Array(Type.Ref('TextBlock'))),
      },
      closed,
    ),
    Type.Object({ type: Type.Literal('codeblock'), text: Text }, closed),
  ]),
}

/** A piece of a line of a comment. */
export const Inline = Type.Cyclic(tree, 'Inline')
export type Inline = Static<typeof Inline>

/** A block of a comment: what its Markdown was parsed into, once. A comment is a list of them. */
export const TextBlock = Type.Cyclic(tree, 'TextBlock')
export type TextBlock = Static<typeof TextBlock>
