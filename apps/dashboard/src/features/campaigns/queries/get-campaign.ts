/** One campaign of the tenant, or null: also for another tenant's and for what is no id. */
import {
  allDayWindow,
  type CampaignState,
  type DeliveryMode,
  type Window,
} from '@hikyaku/campaigns';
import { isUuid, type TenantScope } from '@hikyaku/db';

export interface CampaignDetail {
  id: string;
  kind: 'regular' | 'test';
  name: string;
  state: CampaignState;
  mode: DeliveryMode;
  listId: string | null;
  listName: string | null;
  templateId: string | null;
  templateName: string | null;
  fromName: string;
  fromEmail: string;
  subject: string | null;
  startAtMs: number | null;
  window: Window;
  groupWindows: Record<string, Window>;
  expiresAtMs: number | null;
}

export async function getCampaign(
  { prisma, tenantId }: TenantScope,
  id: string,
): Promise<CampaignDetail | null> {
  if (!isUuid(id)) return null;
  const row = await prisma.campaign.findFirst({
    where: { tenantId, id },
    select: {
      id: true,
      kind: true,
      name: true,
      state: true,
      mode: true,
      listId: true,
      templateId: true,
      fromName: true,
      fromEmail: true,
      content: true,
      startAt: true,
      window: true,
      groupWindows: true,
      expiresAt: true,
      list: { select: { name: true, deletedAt: true } },
      template: { select: { name: true, deletedAt: true } },
    },
  });
  if (!row) return null;
  const { list, template, content, startAt, expiresAt, window, groupWindows, ...rest } = row;
  return {
    ...rest,
    listName: list?.name ?? null,
    templateName: template?.name ?? null,
    subject: (content as { subject?: string } | null)?.subject ?? null,
    startAtMs: startAt?.getTime() ?? null,
    window: { ...allDayWindow('Asia/Tokyo'), ...(window as object) },
    groupWindows: groupWindows as Record<string, Window>,
    expiresAtMs: expiresAt?.getTime() ?? null,
  };
}
