'use server';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { listName } from '../list-name.ts';

/** Makes an empty list; its columns come with the first import or person. */
export const createList = tenantAction('editor', {
  input: z.object({ name: listName }),
  run: ({ run }, { name }) =>
    run(({ prisma, tenantId }) =>
      prisma.list.create({ data: { tenantId, name }, select: { id: true } }),
    ),
});
