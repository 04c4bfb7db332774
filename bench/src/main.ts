/**
 * `npm run bench -- [part …] [--json]`: measures speed as ratios within one run. Parts: one-to-one, smtp, replies.
 * With --json nothing but one line of JSON goes to standard output; progress goes to standard error.
 */
import { parseArgs } from 'node:util';
import { oneToOne } from './parts/one-to-one.ts';
import { replies } from './parts/replies.ts';
import { smtp } from './parts/smtp.ts';
import { openRig, type Rig } from './rig.ts';

type Say = (line: string) => void;
/** `key`: under which the figures of a part stand in the result; without one they stand at the top. */
const PARTS: Record<string, { key?: string; run: (rig: Rig, say: Say) => Promise<object> }> = {
  'one-to-one': { key: 'oneToOne', run: oneToOne },
  smtp: { run: smtp },
  replies: { key: 'replies', run: replies },
};
/** Parts that compute alone: nobody waits for a database for them. */
const WITHOUT_RIG: ReadonlySet<string> = new Set(['replies']);

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
const rig = wanted.every((name) => WITHOUT_RIG.has(name)) ? null : await openRig();
const result: Record<string, unknown> = {};
try {
  for (const name of wanted) {
    const part = PARTS[name];
    if (!part) continue;
    say(`${name} …`);
    const figures = await part.run(rig as Rig, say);
    Object.assign(result, part.key ? { [part.key]: figures } : figures);
  }
} finally {
  await rig?.close();
}
process.stdout.write(`${JSON.stringify(result)}\n`);
