/**
 * Two suites: `unit` (pure code, tests beside it) and `integration` (real sockets and Postgres).
 * `npm test` runs both; `node_modules/.bin/vitest run --project unit <path>` runs a part of one.
 */
import { defineConfig } from 'vitest/config';

const isolated = { environment: 'node' as const, globals: false, restoreMocks: true };

export default defineConfig({
  test: {
    // Two workers: a CI machine often has two cores, and timings in tests must hold there.
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        test: {
          ...isolated,
          name: 'unit',
          include: [
            '{packages,apps}/*/src/**/*.test.{ts,tsx}',
            'bench/src/**/*.test.ts',
            'scripts/**/*.test.{ts,mjs}',
          ],
          exclude: ['**/node_modules/**', '**/*.integration.test.*', '**/generated/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...isolated,
          name: 'integration',
          include: [
            '{packages,apps}/*/**/*.integration.test.ts',
            '{scripts,bench,faults,prisma}/**/*.integration.test.{ts,mjs}',
          ],
          exclude: ['**/node_modules/**', '**/.next/**', '**/generated/**'],
          globalSetup: ['scripts/vitest-postgres.mjs'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
