import { readImport } from '#features/imports/queries/read-import.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { tenantRoute } from '#server/route.ts';

export const GET = tenantRoute('viewer', async (context, { params }) => {
  const found = await readImport(context, params.importId ?? '');
  if (!found) throw notFoundRefusal();
  return Response.json(found, { headers: { 'cache-control': 'no-store' } });
});
