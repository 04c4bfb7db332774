import { testResult } from '#features/templates/queries/test-result.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { tenantRoute } from '#server/route.ts';

export const GET = tenantRoute('viewer', async ({ run }, { params }) => {
  const result = await run((scope) => testResult(scope, params.id ?? ''));
  if (!result) throw notFoundRefusal();
  return Response.json(result, { headers: { 'cache-control': 'no-store' } });
});
