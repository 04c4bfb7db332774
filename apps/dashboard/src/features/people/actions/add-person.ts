'use server';
import { isFieldKey } from '@hikyaku/audience';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { addressFrom, fieldsFrom } from '../person.ts';

const columns = z
  .array(z.object({ key: z.string().refine(isFieldKey), label: z.string().min(1).max(200) }))
  .max(200);

/** Enters one person; a list without columns gets those of the form. ALREADY_IN_LIST for a second time. */
export const addPerson = tenantAction('editor', {
  input: z.looseObject({ listId: z.uuid(), email: z.string(), columns }),
  run: ({ run }, input) =>
    run(async ({ prisma, tenantId }) => {
      const address = addressFrom(input.email);
      const list = await prisma.list.findFirst({
        where: { tenantId, id: input.listId, deletedAt: null },
        select: { columns: true },
      });
      if (!list) throw notFoundRefusal();
      const known = columns.catch([]).parse(list.columns);
      const used = known.length > 0 ? known : input.columns;
      const { count } = await prisma.recipient.createMany({
        data: { tenantId, listId: input.listId, ...address, fields: fieldsFrom(input, used) },
        skipDuplicates: true,
      });
      if (count === 0) throw new Refusal('ALREADY_IN_LIST', {}, { email: 'ALREADY_IN_LIST' });
      if (known.length === 0 && used.length > 0) {
        await prisma.list.updateMany({
          where: { tenantId, id: input.listId },
          data: { columns: used },
        });
      }
      return null;
    }),
});
