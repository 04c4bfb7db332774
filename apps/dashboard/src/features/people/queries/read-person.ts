/** One person of a list, with the active suppression and what went before. */
import { isBigId } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { fieldsSchema } from '../person.ts';

/** Null unless the person is in this list of this tenant. */
export async function readPerson({ run }: TenantContext, listId: string, personId: string) {
  if (!isBigId(personId)) return null;
  const row = await run(({ prisma, tenantId }) =>
    prisma.recipient.findFirst({
      where: { tenantId, listId, id: BigInt(personId) },
      select: {
        id: true,
        email: true,
        emailKey: true,
        fields: true,
        createdAt: true,
        updatedAt: true,
      },
    }),
  );
  return row && { ...row, id: row.id.toString(), fields: fieldsSchema.parse(row.fields) };
}

export type PersonDetail = NonNullable<Awaited<ReturnType<typeof readPerson>>>;
