/**
 * The dashboard's configuration, read at the first request and never while building.
 * The only place that reads process.env, apart from NODE_ENV.
 */
import { z } from 'zod';

const flag = z
  .string()
  .optional()
  .transform((value) => value === '1');

const schema = z.object({
  APP_DATABASE_URL: z.string().min(1),
  AUTH_DATABASE_URL: z.string().min(1),
  STAFF_DATABASE_URL: z.string().min(1),
  NEXTAUTH_SECRET: z.string().min(32),
  NEXTAUTH_URL: z.url(),
  TOKEN_SECRET: z.string().min(32),
  BASE_URL: z.url(),
  DELIVER_TO_INTERNET: flag,
  HIKYAKU_DEMO: flag,
  HIKYAKU_DEMO_PASSWORD: z.string().optional(),
  UPLOAD_MAX_BYTES: z.coerce.number().int().positive().default(1_073_741_824),
});

export type Env = z.infer<typeof schema>;

let loaded: Env | undefined;

/** The checked environment. Throws once, naming every variable that is missing or wrong. */
export function env(): Env {
  if (loaded) return loaded;
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ');
    throw new Error(`ENV_INVALID: the dashboard cannot start with this environment. ${faults}`);
  }
  loaded = parsed.data;
  return loaded;
}
