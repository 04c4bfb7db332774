/**
 * Every server action is made here: session, role, tenant and input are checked before its work runs,
 * and whatever it throws comes back as a code. e2e walks all of them with another tenant's ids.
 */
import type { z } from 'zod';
import {
  personOrRefuse,
  type StaffContext,
  staffOrRefuse,
  type TenantContext,
  tenantOrRefuse,
} from './context.ts';
import { toRefusal } from './failure.ts';
import type { Outcome } from './refusal.ts';
import type { Person, Role } from './session.ts';
import { withoutNul } from './without-nul.ts';

type Action<T> = (given: unknown) => Promise<Outcome<T>>;

interface Work<C, S extends z.ZodType, T> {
  /** What the client sends; a code as message (`'NAME_EMPTY'`) is shown beside the field. */
  input: S;
  run: (context: C, input: z.output<S>) => Promise<T>;
}

/** An action of a tenant's person. `changes: false` lets a suspended tenant use it. */
export function tenantAction<S extends z.ZodType, T>(
  role: Role,
  work: Work<TenantContext, S, T> & { changes?: boolean },
): Action<T> {
  return guarded(() => tenantOrRefuse(role, work.changes ?? true), work);
}

/** An action of staff. */
export function staffAction<S extends z.ZodType, T>(work: Work<StaffContext, S, T>): Action<T> {
  return guarded(staffOrRefuse, work);
}

/** An action of any signed-in person, about themselves. */
export function personAction<S extends z.ZodType, T>(work: Work<Person, S, T>): Action<T> {
  return guarded(personOrRefuse, work);
}

/** An action that needs no session: a one-time link, a language. */
export function publicAction<S extends z.ZodType, T>(work: Work<null, S, T>): Action<T> {
  return guarded(async () => null, work);
}

function guarded<C, S extends z.ZodType, T>(
  context: () => Promise<C>,
  { input, run }: Work<C, S, T>,
): Action<T> {
  return async (given) => {
    try {
      // The session first: a stranger learns nothing about what an action takes.
      const who = await context();
      const data = await run(who, await input.parseAsync(withoutNul(given)));
      return { ok: true, data };
    } catch (error) {
      const { code, params, fields } = toRefusal(error, 'action');
      return { ok: false, code, params, fields };
    }
  };
}
