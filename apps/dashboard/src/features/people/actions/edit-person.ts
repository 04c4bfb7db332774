'use server';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { rowId } from '#server/row-id.ts';
import { addressFrom, fieldsFrom, fieldsSchema } from '../person.ts';

const columnsSchema = z.array(z.object({ key: z.string(), label: z.string() })).catch([]);

/** Changes the address and the fields; fields that the form does not show stay. */
export const editPerson = tenantAction('editor', {
  input: z.looseObject({ personId: rowId, email: z.string() }),
  run: ({ run }, input) =>
    run(async ({ prisma, tenantId }) => {
      const address = addressFrom(input.email);
      const person = await prisma.recipient.findFirst({
        where: { tenantId, id: input.personId, list: { deletedAt: null } },
        select: { id: true, listId: true, fields: true, list: { select: { columns: true } } },
      });
      if (!person) throw notFoundRefusal();
      const { id, listId } = person;
      const twin = await prisma.recipient.findFirst({
        where: { tenantId, listId, emailKey: address.emailKey, id: { not: id } },
        select: { id: true },
      });
      if (twin) throw new Refusal('ALREADY_IN_LIST', {}, { email: 'ALREADY_IN_LIST' });
      const changed = fieldsFrom(input, columnsSchema.parse(person.list.columns));
      await prisma.recipient.update({
        where: { tenantId_id: { tenantId, id } },
        data: {
          ...address,
          fields: { ...fieldsSchema.parse(person.fields), ...changed },
          updatedAt: new Date(),
        },
        select: { id: true },
      });
      return null;
    }),
});
