import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../../server/database/connect.ts'
import { dice } from '../setup/dice.ts'

/** Texts of comments that a site approves, and of those it rejects. */
export const good = (n: number) =>
  `The harvest figures of year ${n} are in the appendix, as the article says.`
export const bad = (n: number) => `Casino bonus number ${n}, cheap pills and free money, click now.`

const manyAuthors = ['ada@demo.example', 'bela@demo.example', 'chris@demo.example']

/**
 * Decides so many comments in the demo's first thread, as the routes would, written at once.
 * @param authors by whom they are, in turn
 * @param when in Unix milliseconds
 */
export async function decideMany(
  db: Database,
  count: number,
  action: 'approve' | 'reject',
  text: (n: number) => string,
  { authors = manyAuthors, when = Date.now() }: { authors?: string[]; when?: number } = {},
): Promise<void> {
  const texts = Array.from({ length: count }, (_, n) => text(n))
  const by = texts.map((_, n) => authors[n % authors.length] ?? '')
  const ids = texts.map((_, n) => uuid({ msecs: when, seq: n }))
  await sql`
    with texts as materialized (
      select gen_random_uuid() as comment_id, gen_random_uuid() as case_id, one.id as decision_id, text,
        account.id as author_id, thread.site_id, thread.article_id, thread.id as thread_id
      from unnest(${ids}::uuid[], ${texts}::text[], ${by}::text[]) as one (id, text, email)
      join account on account.email = one.email
      cross join (select * from thread order by id limit 1) as thread
    ), comments as (
      insert into comment (site_id, id, article_id, thread_id, author_id)
      select site_id, comment_id, article_id, thread_id, author_id from texts
    ), revisions as (
      insert into comment_revision (site_id, comment_id, number, state, source, body, signals)
      select site_id, comment_id, 1, ${action === 'approve' ? 'APPROVED' : 'REJECTED'}, text,
        jsonb_build_array(jsonb_build_object('type', 'paragraph', 'children',
          jsonb_build_array(jsonb_build_object('type', 'text', 'text', text)))), '[]'
      from texts
    ), cases as (
      insert into moderation_case (site_id, id, article_id, comment_id, revision, cause, status, due_at)
      select site_id, case_id, article_id, comment_id, 1, 'held', 'decided', now() from texts
    )
    insert into decision (site_id, id, case_id, comment_id, author_id, revision, action, reason, state_before, decided_by)
    select site_id, decision_id, case_id, comment_id, author_id, 1, ${action},
      ${action === 'reject' ? 'spam' : null}, 'HELD', author_id
    from texts
  `.execute(db)
}

/** A comment of a site whose readers write in several languages, with what was decided about it. */
export interface Remark {
  text: string
  fell: boolean
}

/** What any comment may say, and what those say more often that are rejected, or approved. */
const vocabulary = [
  {
    any: 'the a this that is was they people when year article here more now really think know every new day',
    fell: 'idiots liars click free winner scum casino bonus traitors buy cheap stupid disgusting pills',
    stood:
      'source figures chapter harvest agree question paragraph minister report example because study table',
  },
  {
    any: 'der die das ist war sie man wenn Jahr Artikel hier mehr jetzt wirklich denke jeder neu Tag und nicht',
    fell: 'Lügner Gewinn gratis Abschaum Verräter kaufen billig dumm ekelhaft Wettbüro Betrüger Pillen klicken',
    stood: 'Quelle Zahlen Kapitel Ernte stimme Frage Absatz Ministerin Bericht Beispiel weil Studie Tabelle',
  },
  {
    any: 'это был они люди когда год статья здесь больше сейчас правда думаю знаю каждый новый день и не что',
    fell: 'идиоты лжецы бесплатно выигрыш казино бонус предатели купить дешево глупо мерзко таблетки жми',
    stood:
      'источник цифры глава урожай согласен вопрос абзац министр отчёт пример потому исследование таблица',
  },
  {
    any: 'これ それ 人々 年 記事 ここ もっと 今 本当 思う 知る 新しい 日 です ました こと',
    fell: '馬鹿 嘘つき 無料 当選 賭博 裏切り者 買う 激安 最低 気持ち悪い 薬 今すぐ',
    stood: '出典 数字 章 収穫 賛成 質問 段落 大臣 報告 例えば 研究 表',
  },
  {
    any: 'هذا كان هم الناس عندما سنة مقال هنا أكثر الآن حقا أظن أعرف كل جديد يوم في من',
    fell: 'أغبياء كاذبون مجاني ربح قمار خونة اشتر رخيص حمقى مقرف حبوب اضغط',
    stood: 'مصدر أرقام فصل حصاد أوافق سؤال فقرة وزير تقرير مثال لأن دراسة جدول',
  },
].map((words) => ({
  any: words.any.split(' '),
  fell: words.fell.split(' '),
  stood: words.stood.split(' '),
}))

/**
 * So many comments, always the same ones: three of ten were rejected. Each has mostly words that any comment has, some of
 * its kind and now and then one of the other's.
 */
export function remarks(count: number): Remark[] {
  const roll = dice(20_261_126)
  const one = (list: readonly string[]) => list[roll(list.length)] ?? ''
  return Array.from({ length: count }, () => {
    const fell = roll(10) < 3
    const words = vocabulary[roll(vocabulary.length)]
    if (!words) throw new Error('no such language')
    const [own, others] = fell ? [words.fell, words.stood] : [words.stood, words.fell]
    const length = 8 + roll(20)
    const text = Array.from({ length }, () => {
      const drawn = roll(100)
      return one(drawn < 70 ? words.any : drawn < 97 ? own : others)
    })
    return { text: text.join(' '), fell }
  })
}
