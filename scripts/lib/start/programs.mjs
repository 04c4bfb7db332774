/** Starts receiver, worker and dashboard, each ready when the call returns. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/testkit/src/postgres.mjs';
import { at, nodeForTypeScript, toolEnvironment } from '../project.mjs';
import { withoutOwner } from './app-environment.mjs';
import { DASHBOARD, NEXT } from './build-dashboard.mjs';
import { answers, startChild, untilReady } from './child.mjs';

const READY_MS = 60_000;

/** The stand-in for the internet; writes the routes file that sends every destination to it. */
export async function startReceiver({ home, track }) {
  const portsFile = join(home, 'receiver.json');
  rmSync(portsFile, { force: true });
  const config = at('apps/receiver/config/demo.json');
  const child = startChild({
    name: 'receiver',
    home,
    track,
    file: nodeForTypeScript(),
    args: [
      at('apps/receiver/src/main.ts'),
      ...['--config', config, '--journal', join(home, 'journal.jsonl')],
      ...['--ports-file', portsFile, '--exit-with-stdin'],
      // For tests that follow a link out of a message; a demo would only fill the disk with them.
      ...(process.env.HIKYAKU_KEEP_MESSAGES === '1'
        ? ['--keep-messages', join(home, 'messages')]
        : []),
    ],
    env: toolEnvironment(),
  });
  const ready = await untilReady(
    child,
    () => existsSync(portsFile) && JSON.parse(readFileSync(portsFile, 'utf8')),
    READY_MS,
  );
  writeFileSync(routesFile({ home }), routesToReceiver(ready));
  return { child, control: ready.control, destinations: ready.destinations.length };
}

/** Where the worker finds its routes: ours to the receiver, or the operator's where mail may leave. */
export function routesFile({ home, isInternet = false, env = {} }) {
  return isInternet ? (env.ROUTES_FILE ?? '') : join(home, 'routes.txt');
}

/** Every destination has a route: what the receiver does not name goes to its last destination. */
export function routesToReceiver({ routes, destinations }) {
  if (/^\*\s*=/m.test(routes)) return routes;
  return `${routes.trimEnd()}\n* = 127.0.0.1:${destinations.at(-1).port}\n`;
}

export async function startWorker({ home, track }, variables) {
  const port = Number(variables.WORKER_HEALTH_PORT) || (await freePort());
  const child = startChild({
    name: 'worker',
    home,
    track,
    file: nodeForTypeScript(),
    args: [at('apps/worker/src/main.ts')],
    env: withoutOwner({ ...variables, WORKER_HEALTH_PORT: String(port) }),
  });
  await untilReady(child, () => answers(`http://127.0.0.1:${port}/health`), READY_MS);
  return { child, healthPort: port };
}

export async function startDashboard({ home, track }, variables, { host, port }) {
  const child = startChild({
    name: 'dashboard',
    home,
    track,
    file: nodeForTypeScript(),
    args: [NEXT, 'start', '--hostname', host, '--port', String(port)],
    cwd: DASHBOARD,
    env: withoutOwner(variables),
  });
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  await untilReady(child, () => answers(`http://${name}:${port}/health`), READY_MS);
  return { child };
}
