'use server';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { rowId } from '#server/row-id.ts';

/** Takes one person out of the list. Deliveries and suppressions of the address stay. */
export const removePerson = tenantAction('editor', {
  input: z.object({ personId: rowId }),
  async run({ run }, { personId }) {
    const { count } = await run(({ prisma, tenantId }) =>
      prisma.recipient.deleteMany({ where: { tenantId, id: personId } }),
    );
    if (count === 0) throw notFoundRefusal();
    return null;
  },
});
