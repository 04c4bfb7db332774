import { forecastRunning } from '#features/reports/queries/forecast-running.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { tenantRoute } from '#server/route.ts';

/** `null` where nothing is left to be sent, or nothing is under way. */
export const GET = tenantRoute('viewer', async ({ run }, { params }) => {
  const now = await run((scope) => forecastRunning(scope, params.id ?? ''));
  if (now === undefined) throw notFoundRefusal();
  return Response.json(now, { headers: { 'cache-control': 'no-store' } });
});
