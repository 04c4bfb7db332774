'use server';
import { asAuth } from '@hikyaku/db';
import { z } from 'zod';
import { personAction } from '#server/action.ts';
import { pools } from '#server/db.ts';

/** Changes the name that colleagues see. */
export const renamePerson = personAction({
  input: z.object({ name: z.string().trim().min(1, 'FIELD_EMPTY').max(100, 'FIELD_TOO_LONG') }),
  async run(person, { name }) {
    await asAuth(pools().auth, ({ prisma }) =>
      prisma.user.update({ where: { id: person.id }, data: { name }, select: { id: true } }),
    );
    return null;
  },
});
