import { Type, type Static } from 'typebox'
import { Instant, nullable } from './common.ts'
import { LearntWord } from './signal.ts'

const closed = { additionalProperties: false }

const Percent = Type.Integer({ minimum: 50, maximum: 99 })

export const LearningSettings = Type.Object(
  {
    on: Type.Boolean(),
    holdAt: nullable(Percent),
  },
  closed,
)
export type LearningSettings = Static<typeof LearningSettings>

/** What would have been held at a number of percent, of the last decisions, and how much of that was rejected. */
const AtPercent = Type.Object({ percent: Percent, held: Type.Integer(), rejected: Type.Integer() }, closed)

/** What a site's model has learnt from the site's own decisions, and how well it guesses. */
export const Learning = Type.Object(
  {
    ...LearningSettings.properties,
    offered: Type.Array(Percent, {
      description: 'percents to choose `holdAt` from; the one chosen is among them',
    }),
    ready: Type.Boolean({ description: 'it knows enough decisions to be used' }),
    needed: Type.Object({ decisions: Type.Integer(), ofEach: Type.Integer() }, closed),
    approved: Type.Integer({ description: 'comments it has learnt from that were approved' }),
    rejected: Type.Integer(),
    version: Type.Integer(),
    learntAt: nullable(Instant),
    measured: nullable(
      Type.Object(
        {
          decisions: Type.Integer({ description: 'the last ones, each guessed before it was learnt' }),
          rejected: Type.Integer(),
          auc: nullable(
            Type.Number({
              description:
                'how often, of a rejected and an approved comment, the rejected one had the higher guess',
            }),
          ),
          at: Type.Array(AtPercent),
        },
        closed,
      ),
    ),
    words: Type.Object(
      { against: Type.Array(LearntWord), for: Type.Array(LearntWord) },
      { ...closed, description: 'that three people at least have used, the strongest first' },
    ),
  },
  closed,
)
export type Learning = Static<typeof Learning>
