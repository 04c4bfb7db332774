'use server';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { listName } from '../list-name.ts';

export const renameList = tenantAction('editor', {
  input: z.object({ listId: z.uuid(), name: listName }),
  async run({ run }, { listId, name }) {
    const { count } = await run(({ prisma, tenantId }) =>
      prisma.list.updateMany({
        where: { tenantId, id: listId, deletedAt: null },
        data: { name },
      }),
    );
    if (count === 0) throw notFoundRefusal();
    return null;
  },
});
