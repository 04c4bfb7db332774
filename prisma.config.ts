/** Where Prisma finds the schema. Migrations are applied by packages/db/src/migrate, never by Prisma's own engine. */
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1/hikyaku' },
});
