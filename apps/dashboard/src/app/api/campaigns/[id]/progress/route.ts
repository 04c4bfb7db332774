import { overview } from '#features/reports/queries/overview.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { tenantRoute } from '#server/route.ts';

export const GET = tenantRoute('viewer', async ({ run }, { params }) => {
  const now = await run((scope) => overview(scope, params.id ?? ''));
  if (!now) throw notFoundRefusal();
  return Response.json(now, { headers: { 'cache-control': 'no-store' } });
});
