/** The person whose fields a preview shows: the chosen one, else the first of the list. */
import { isBigId, type TenantScope } from '@hikyaku/db';

export interface PreviewPerson {
  id: string;
  email: string;
  fields: Record<string, unknown>;
}

const SELECT = { id: true, email: true, fields: true } as const;

export async function findPreviewPerson(
  { prisma, tenantId }: TenantScope,
  listId: string,
  recipientId: string | null,
): Promise<PreviewPerson | null> {
  const chosen =
    isBigId(recipientId) &&
    (await prisma.recipient.findFirst({
      where: { tenantId, listId, id: BigInt(recipientId) },
      select: SELECT,
    }));
  const person =
    chosen ||
    (await prisma.recipient.findFirst({
      where: { tenantId, listId },
      orderBy: { id: 'asc' },
      select: SELECT,
    }));
  if (!person) return null;
  const { id, email, fields } = person;
  return { id: String(id), email, fields: fields as Record<string, unknown> };
}

/** Up to 20 people of a list whose address begins with `search`. */
export async function searchPeople(
  { prisma, tenantId }: TenantScope,
  listId: string,
  search: string,
): Promise<{ id: string; email: string }[]> {
  const emailKey = search === '' ? undefined : { startsWith: search.toLowerCase() };
  const rows = await prisma.recipient.findMany({
    where: { tenantId, listId, emailKey },
    orderBy: search === '' ? { id: 'asc' } : { emailKey: 'asc' },
    take: 20,
    select: { id: true, email: true },
  });
  return rows.map(({ id, email }) => ({ id: String(id), email }));
}
