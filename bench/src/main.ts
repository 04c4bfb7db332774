/**
 * `npm run bench -- [part …] [--json] [--scale 0.01] [--profile DIR]`: measures speed as ratios within one run; the last
 * line is JSON. With --json progress goes to standard error. Exit code 1 where a figure misses its target. See bench/README.md.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installedPostgres } from '@hikyaku/testkit/postgres';
import { PARTS, type Part } from './parts/index.ts';
import { openRig, type Rig, type Say } from './rig.ts';
import { judge } from './targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    scale: { type: 'string', default: '1' },
    profile: { type: 'string' },
  },
});
// What an installation runs. The embedded one is built to be small, and a tenth slower.
process.env.POSTGRES_BIN ??= installedPostgres() ?? '';
const scale = Number(values.scale);
const named = positionals.map((name) =>
  PARTS.find((part) => part.name === name || part.key === name),
);
if (named.includes(undefined) || !(scale > 0 && scale <= 1)) {
  const names = PARTS.map(({ name }) => name).join(', ');
  process.stderr.write(
    `npm run bench -- [part …] [--json] [--scale 0…1] [--profile DIR]\nParts: ${names}\n`,
  );
  process.exit(2);
}
// Children end with this process: the process guard sees to it, also when it is killed.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    process.stderr.write('stopped; everything that was started ends\n');
    process.exit(130);
  });

const say: Say = (line) => (values.json ? process.stderr : process.stdout).write(`${line}\n`);
const wanted = positionals.length > 0 ? PARTS.filter((part) => named.includes(part)) : PARTS;
if (scale !== 1) say(`SCALED DOWN TO ${scale}: NOTHING OF THIS COUNTS AS A FIGURE`);

const { line, verdicts } = await measure(wanted);
for (const verdict of verdicts) say(verdict.line);
if (scale !== 1) say(`SCALED DOWN TO ${scale}: NOTHING OF THIS COUNTS AS A FIGURE`);
process.stdout.write(`${JSON.stringify(line)}\n`);
process.exit(scale === 1 && verdicts.some(({ isFailure }) => isFailure) ? 1 : 0);

async function measure(parts: readonly Part[]) {
  const profileDir = values.profile && resolve(values.profile);
  if (profileDir) mkdirSync(profileDir, { recursive: true });
  const isRigNeeded = parts.some((part) => part.needs === 'rig');
  const rig = isRigNeeded ? await openRig({ scale, profileDir, say }) : undefined;
  const tools = rig ?? { say, scaled: (count: number) => Math.max(20, Math.round(count * scale)) };
  const figures: Record<string, unknown> = {};
  const line: Record<string, unknown> = {};
  try {
    for (const part of parts) {
      const startedMs = performance.now();
      say(`${part.name} …`);
      const found = (await part.run(tools as Rig)) as Record<string, unknown>;
      await rig?.empty();
      Object.assign(figures, part.key ? { [part.key]: found } : found);
      Object.assign(line, part.key ? { [part.key]: pick(found, part.inLine) } : found);
      say(`  took ${Math.round((performance.now() - startedMs) / 1_000)} s`);
    }
    const workerMB = rig?.memory.peakMB;
    if (workerMB) Object.assign(figures, { workerMB }) && Object.assign(line, { workerMB });
  } finally {
    await rig?.close();
  }
  return { line, verdicts: judge(figures) };
}

/** All figures of a part, or those that the line is to hold. */
function pick(figures: Record<string, unknown>, keys?: readonly string[]) {
  if (!keys) return figures;
  return Object.fromEntries(keys.map((key) => [key, figures[key]]));
}
