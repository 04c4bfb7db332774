'use server';
/** The columns are chosen: hands the import to the workers. */
import { isMapping } from '@hikyaku/audience';
import { importFormatSchema, importMappingSchema } from '@hikyaku/contracts';
import { setImportMapping } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

const WIDTH_MAX = 100;

export const startImport = tenantAction('editor', {
  input: z.object({ importId: z.uuid(), mapping: importMappingSchema, format: importFormatSchema }),
  async run({ run }, { importId, mapping, format }) {
    if (!isMapping({ ...mapping, width: WIDTH_MAX })) throw new Refusal('MAPPING');
    await run((scope) => setImportMapping(scope, { importId, mapping, format }));
    return null;
  },
});
