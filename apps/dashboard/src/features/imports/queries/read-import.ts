/** One import as its page and its progress need it. */
import { type ImportProgress, importProgress, isUuid } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';

/** Null for another tenant's id, a random one, or none at all. */
export async function readImport(
  { run }: TenantContext,
  importId: string,
): Promise<ImportProgress | null> {
  if (!isUuid(importId)) return null;
  return run((scope) => importProgress(scope, importId));
}
