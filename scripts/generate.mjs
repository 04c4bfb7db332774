/** npm run generate: writes the Prisma client into packages/db/src/generated, whether or not the schema changed. */
import { generateClient } from './lib/generate-client.mjs';

try {
  await generateClient({ isForced: true });
  console.log('Prisma client written to packages/db/src/generated');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
