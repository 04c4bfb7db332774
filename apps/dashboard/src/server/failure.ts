/** The one mapper from whatever was thrown to a code for people; what nobody expected is logged once, here. */
import { DbError } from '@hikyaku/db';
import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { log } from './log.ts';
import { notFoundRefusal, Refusal } from './refusal.ts';

/** Turns any error into a Refusal. Next's own (redirect, notFound) pass through untouched. */
export function toRefusal(error: unknown, where: string): Refusal {
  unstable_rethrow(error);
  if (error instanceof Refusal) return error;
  if (error instanceof z.ZodError) return fromZod(error);
  if (error instanceof DbError) return fromDb(error, where);
  const code = (error as { code?: unknown } | null)?.code;
  // Prisma: the row to change is not there, or belongs to somebody else.
  if (code === 'P2025') return notFoundRefusal();
  if (code === 'P2002') return new Refusal('ALREADY_EXISTS');
  log.error({ err: error, where }, 'an action or route failed');
  return new Refusal('UNEXPECTED');
}

/** Field faults: a schema may name a code as its message (`z.string().min(1, 'NAME_EMPTY')`). */
function fromZod(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const code = /^[A-Z][A-Z0-9_]+$/.test(issue.message) ? issue.message : 'FIELD_INVALID';
    fields[issue.path.join('.')] ??= code;
  }
  const [only, ...others] = Object.values(fields);
  return new Refusal(only && others.length === 0 ? only : 'FORM_INVALID', {}, fields);
}

function fromDb(error: DbError, where: string): Refusal {
  if (error.code === 'NOT_FOUND' || error.code === 'INVALID_ID') return notFoundRefusal();
  if (error.code === 'CONFLICT' || error.code === 'INVALID_INPUT') {
    const code = error.reason ? error.reason.toUpperCase().replaceAll('-', '_') : error.code;
    return new Refusal(code, error.params);
  }
  log.error({ err: error, where }, 'the database refused');
  return new Refusal('UNEXPECTED');
}
