/**
 * `npm run bench -- [part …] [--json]`: measures speed as ratios within one run. Parts: one-to-one.
 * With --json nothing but one line of JSON goes to standard output; progress goes to standard error.
 */
import { parseArgs } from 'node:util';
import { oneToOne } from './parts/one-to-one.ts';
import { openRig, type Rig } from './rig.ts';

type Say = (line: string) => void;
const PARTS: Record<string, { key: string; run: (rig: Rig, say: Say) => Promise<unknown> }> = {
  'one-to-one': { key: 'oneToOne', run: oneToOne },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' } },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = wanted.filter((name) => !PARTS[name]);
if (unknown.length > 0) {
  process.stderr.write(
    `There is no part ${unknown.join(', ')}. Parts: ${Object.keys(PARTS).join(', ')}\n`,
  );
  process.exit(2);
}
const say: Say = (line) => (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const rig = await openRig();
const result: Record<string, unknown> = {};
try {
  for (const name of wanted) {
    const part = PARTS[name];
    if (!part) continue;
    say(`${name} …`);
    result[part.key] = await part.run(rig, say);
  }
} finally {
  await rig.close();
}
process.stdout.write(`${JSON.stringify(result)}\n`);
