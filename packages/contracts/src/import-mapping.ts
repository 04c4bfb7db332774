/** How the columns of an uploaded file become a recipient: chosen on a screen, followed by the worker. */
import { z } from 'zod';

/** A field name that a template can use; `__proto__` and its like are no names. */
const fieldKey = z
  .string()
  .min(1)
  .max(64)
  .refine((key) => !['__proto__', 'constructor', 'prototype'].includes(key));

export const importMappingSchema = z
  .object({
    /** Index of the column with the address, from 0. */
    emailIndex: z.int().min(0).max(999),
    /** The columns to keep; those that are not named are not stored. */
    columns: z
      .array(
        z.object({
          index: z.int().min(0).max(999),
          key: fieldKey,
          label: z.string().min(1).max(200),
        }),
      )
      .max(200),
  })
  .refine(({ columns }) => new Set(columns.map((column) => column.key)).size === columns.length, {
    message: 'Two columns have the same key.',
  });
export type ImportMapping = z.infer<typeof importMappingSchema>;

export const importFormatSchema = z.object({
  encoding: z.enum(['utf-8', 'shift_jis']),
  delimiter: z.enum([',', ';', '\t']),
});
export type ImportFormat = z.infer<typeof importFormatSchema>;
