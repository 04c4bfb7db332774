/** Writes a form into a draft's row. The statement itself looks at the state: a campaign under way cannot be changed. */
import type { TenantScope } from '@hikyaku/db';
import { notFoundRefusal } from '#server/refusal.ts';
import { type DraftForm, readDraft } from './draft-form.ts';

/** False when there is no such draft. Throws NOT_FOUND for a list or template that is not the tenant's. */
export async function writeDraft(
  { prisma, tenantId }: TenantScope,
  id: string,
  form: DraftForm,
  nowMs: number,
): Promise<boolean> {
  const { listId, templateId } = form;
  const live = { tenantId, deletedAt: null };
  if (listId && !(await prisma.list.count({ where: { ...live, id: listId } })))
    throw notFoundRefusal();
  if (templateId && !(await prisma.template.count({ where: { ...live, id: templateId } })))
    throw notFoundRefusal();
  const { window, groupWindows, start, expires } = readDraft(form, nowMs);
  const { count } = await prisma.campaign.updateMany({
    where: { tenantId, id, kind: 'regular', state: 'draft' },
    data: {
      name: form.name,
      listId,
      templateId,
      mode: form.mode,
      fromName: form.fromName,
      fromEmail: form.fromEmail,
      window: { ...window },
      groupWindows,
      // A time that cannot be read leaves the one before; the checklist refuses it.
      ...(start.kind === 'invalid'
        ? {}
        : { startAt: start.kind === 'at' ? new Date(start.atMs) : null }),
      ...(expires.kind === 'invalid'
        ? {}
        : { expiresAt: expires.kind === 'at' ? new Date(expires.atMs) : null }),
    },
  });
  return count > 0;
}
