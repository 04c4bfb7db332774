'use server';
/** People to preview with. Changes nothing. */
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { searchPeople } from '../queries/find-preview-person.ts';

export const findPeople = tenantAction('viewer', {
  changes: false,
  input: z.object({ listId: z.uuid(), search: z.string().trim().max(320) }),
  run: ({ run }, { listId, search }) => run((scope) => searchPeople(scope, listId, search)),
});
