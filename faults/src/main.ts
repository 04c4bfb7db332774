/**
 * `npm run faults -- [--only F4,F21] [--json]`: breaks things while mail flows, and checks row by row that nothing was lost and
 * nothing sent twice. One line per fault; with --json nothing but one line of JSON goes to standard output.
 */
import { parseArgs } from 'node:util';
import { FAULTS } from './faults/index.ts';
import { runFaults } from './run-faults.ts';

const values = argumentsOrUndefined();
const ids = values?.only?.split(',').map((id) => id.trim().toUpperCase());
const unknown = ids?.filter((id) => !FAULTS.some((fault) => fault.id === id)) ?? [];
if (!values || unknown.length > 0) {
  const known = FAULTS.map(({ id }) => id).join(', ');
  process.stderr.write(`npm run faults -- [--only F4,F21] [--json]\nFaults: ${known}\n`);
  process.exit(2);
}

// Children end with this process: the process guard sees to it, also when it is killed.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    process.stderr.write('stopped; everything that was started ends\n');
    process.exit(130);
  });

const out = values.json ? process.stderr : process.stdout;
const { summary, isGood } = await runFaults(
  FAULTS.filter(({ id }) => !ids || ids.includes(id)),
  (line) => out.write(`${line}\n`),
);
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exit(isGood ? 0 : 1);

function argumentsOrUndefined() {
  try {
    return parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } }).values;
  } catch {
    return undefined;
  }
}
