import { csvResponse } from '#features/reports/csv-response.ts';
import { reportHead } from '#features/reports/queries/report-head.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { tenantRoute } from '#server/route.ts';

export const GET = tenantRoute('viewer', async ({ run, tenant }, { request, params }) => {
  const id = params.id ?? '';
  const head = await run((scope) => reportHead(scope, id));
  if (!head) throw notFoundRefusal();
  const kind = new URL(request.url).searchParams.get('rows');
  const isAttempts = kind === 'attempts';
  return csvResponse({ run, campaignId: id, name: head.name, zone: tenant.zone, isAttempts });
});
