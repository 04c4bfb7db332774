import { refusedCsv } from '#features/imports/refused-csv.ts';
import { tenantRoute } from '#server/route.ts';

export const GET = tenantRoute('viewer', (context, { params }) =>
  refusedCsv(context, params.importId ?? ''),
);
