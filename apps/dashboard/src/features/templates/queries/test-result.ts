/** What became of a test message: its delivery's state and the last reply. */
import { isUuid, type TenantScope } from '@hikyaku/db';

export interface TestResult {
  state: 'waiting' | 'sending' | 'accepted' | 'bounced' | 'expired' | 'cancelled' | 'unknown';
  isDeferred: boolean;
  isSuppressed: boolean;
  /** `250 2.0.0 Ok …`, raw; null before the first reply. */
  reply: string | null;
}

/** null unless it is a test of this tenant. A test that is not launched yet is waiting. */
export async function testResult(
  { prisma, tenantId }: TenantScope,
  campaignId: string,
): Promise<TestResult | null> {
  if (!isUuid(campaignId)) return null;
  const test = await prisma.campaign.findFirst({
    where: { tenantId, id: campaignId, kind: 'test' },
    select: { state: true, total: true },
  });
  if (!test) return null;
  const delivery = await prisma.delivery.findFirst({
    where: { tenantId, campaignId },
    select: {
      state: true,
      attempts: true,
      events: { orderBy: { at: 'desc' }, take: 1, select: { code: true, text: true } },
    },
  });
  const event = delivery?.events[0];
  return {
    state: delivery?.state ?? 'waiting',
    isDeferred: delivery?.state === 'waiting' && delivery.attempts > 0,
    // The cut is complete and left the only person out.
    isSuppressed: delivery === null && test.total === 0,
    reply: event ? [event.code, event.text].filter(Boolean).join(' ') : null,
  };
}
