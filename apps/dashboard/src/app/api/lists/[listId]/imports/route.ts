import { receiveUpload } from '#features/imports/receive-upload.ts';
import { tenantRoute } from '#server/route.ts';

export const POST = tenantRoute('editor', (context, { request, params }) =>
  receiveUpload(context, request, { kind: 'recipients', listId: params.listId ?? '' }),
);
