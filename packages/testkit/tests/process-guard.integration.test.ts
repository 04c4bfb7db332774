import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const GUARD = new URL('../src/process-guard.mjs', import.meta.url).href;
const POSTGRES = new URL('../src/postgres.mjs', import.meta.url).href;

test('kill -9 of the parent ends its child, the child of that child, and its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hikyaku-guard-'));
  const { parent, said } = await run(`
    const { spawn } = await import('node:child_process');
    const { guardFolder, guardProcess } = await import('${GUARD}');
    const child = spawn('sh', ['-c', 'sleep 300 & echo $!; wait'], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    guardProcess(-child.pid);
    guardFolder('${folder}');
    child.stdout.once('data', (data) => console.log(child.pid + ' ' + String(data).trim()));
    setInterval(() => {}, 1000);`);
  const pids = said.split(' ').map(Number);
  expect(pids.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !pids.some(isAlive) && !existsSync(folder));
  rmSync(folder, { recursive: true, force: true });
});

test('kill -9 of the parent shuts its Postgres down and removes the temporary data', async () => {
  const { parent, said } = await run(`
    const { startPostgres } = await import('${POSTGRES}');
    const server = await startPostgres();
    const { readFileSync } = await import('node:fs');
    const command = readFileSync('/proc/' + server.pid + '/cmdline', 'utf8').split('\\0');
    console.log(server.pid + ' ' + command[command.indexOf('-D') + 1]);
    setInterval(() => {}, 1000);`);
  const [pid, data] = said.split(' ');
  expect(isAlive(Number(pid))).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(Number(pid)) && !existsSync(String(data)));
});

test('a process that ignores TERM is killed', async () => {
  const { parent, said } = await run(`
    const { spawn } = await import('node:child_process');
    const { guardProcess } = await import('${GUARD}');
    const script = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
    const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    guardProcess(-child.pid);
    child.stdout.once('data', () => console.log(child.pid));
    setInterval(() => {}, 1000);`);
  parent.kill('SIGKILL');
  await until(() => !isAlive(Number(said)));
});

async function run(script: string) {
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve) => {
    parent.stdout.once('data', (data) => resolve(String(data).trim()));
  });
  return { parent, said };
}

/** A zombie is dead: its parent has only not yet been told. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not come to pass within 30 s.');
    await sleep(50);
  }
}
