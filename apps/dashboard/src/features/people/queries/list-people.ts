/** The people of a list, by keyset pages, with why a person is left out of campaigns. */
import { isBigId } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';
import { fieldsSchema, type PersonList } from '../person.ts';

const PAGE = 50;

export interface PeopleFilter {
  /** Part of an address or of a field. */
  q: string;
  /** Id of the last person of the page before. */
  after: string | null;
}

/** Reads `?q=…&after=…`; nonsense is left out. */
export function readPeopleFilter(search: Awaited<PageInput['searchParams']>): PeopleFilter {
  const after = one(search.after);
  return { q: one(search.q).trim().slice(0, 200), after: isBigId(after) ? after : null };
}

/** One page in order of entry. `total` counts everybody whom the search finds. */
export async function listPeople({ run }: TenantContext, list: PersonList, filter: PeopleFilter) {
  return run(async ({ prisma, tenantId }) => {
    const found = { tenantId, listId: list.id, ...search(list, filter.q) };
    const rows = await prisma.recipient.findMany({
      where: filter.after ? { AND: [found, { id: { gt: BigInt(filter.after) } }] } : found,
      orderBy: { id: 'asc' },
      take: PAGE + 1,
      select: { id: true, email: true, emailKey: true, fields: true, updatedAt: true },
    });
    const shown = rows.slice(0, PAGE);
    const suppressions = await prisma.suppression.findMany({
      where: { tenantId, emailKey: { in: shown.map((row) => row.emailKey) }, releasedAt: null },
      select: { emailKey: true, reason: true },
    });
    const reasons = new Map(suppressions.map((row) => [row.emailKey, row.reason]));
    return {
      total: await prisma.recipient.count({ where: found }),
      people: shown.map(({ id, emailKey, fields, ...row }) => ({
        ...row,
        id: id.toString(),
        fields: fieldsSchema.parse(fields),
        suppressed: reasons.get(emailKey) ?? null,
      })),
      next: rows.length > PAGE ? (shown.at(-1)?.id.toString() ?? null) : null,
    };
  });
}

export type PeoplePage = Awaited<ReturnType<typeof listPeople>>;

function search(list: PersonList, q: string) {
  if (q === '') return {};
  // LIKE's own characters are meant as they are written.
  const pattern = q.replace(/[\\%_]/g, '\\$&');
  return {
    OR: [
      { emailKey: { contains: pattern.toLowerCase() } },
      ...list.columns.map(({ key }) => ({ fields: { path: [key], string_contains: pattern } })),
    ],
  };
}
