/** Every import fence is proven: a violation of each is planted in a scratch tree, and must be caught. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '../.dependency-cruiser.mjs';
import { checkFences } from './lib/fences.mjs';

/** Fence → the file that breaks it and what that file imports. */
const PLANTED = {
  'contracts-import-zod-alone': ['packages/contracts/src/a.ts', 'pino'],
  'pure-rooms-have-no-node': ['packages/delivery/src/a.ts', 'node:fs'],
  'pure-rooms-import-pure-rooms': ['packages/audience/src/a.ts', 'pino'],
  'smtp-touches-sockets-in-its-node-room': ['packages/smtp/src/a.ts', 'node:net'],
  'smtp-imports-nobody': ['packages/smtp/src/node/a.ts', '@hikyaku/db'],
  'simulator-imports-what-it-simulates': ['packages/simulator/src/a.ts', '@hikyaku/smtp/node'],
  'product-does-not-import-the-simulator': ['packages/message/src/d.ts', '@hikyaku/simulator'],
  'product-has-no-smtp-library': ['apps/worker/src/a.ts', 'nodemailer'],
  'db-alone-imports-the-database': ['apps/worker/src/b.ts', 'pg'],
  'packages-do-not-import-db': ['packages/message/src/a.ts', '@hikyaku/db'],
  'dashboard-does-not-deliver': ['apps/dashboard/src/server/a.ts', '@hikyaku/smtp'],
  'worker-alone-touches-the-queue': ['apps/dashboard/src/server/b.ts', 'bullmq'],
  'features-do-not-import-each-other': [
    'apps/dashboard/src/features/lists/a.ts',
    '../campaigns/index.ts',
  ],
  'features-do-not-import-routes': ['apps/dashboard/src/features/lists/b.ts', '../../app/page.tsx'],
  'apps-do-not-import-apps': ['apps/dashboard/src/server/c.ts', '@hikyaku/worker'],
  'packages-do-not-import-apps': ['packages/message/src/b.ts', '@hikyaku/worker'],
  'ui-only-shows': ['packages/ui/src/a.ts', '@hikyaku/message'],
  'product-does-not-import-tests': ['apps/worker/src/c.ts', '@hikyaku/testkit'],
  'packages-are-entered-by-name': [
    'apps/worker/src/d.ts',
    '../../../packages/message/src/index.ts',
  ],
  'no-circle': ['packages/message/src/circle.ts', './circle-back.ts'],
  'nothing-unresolvable': ['packages/message/src/c.ts', './not-there.ts'],
};
const LIBRARIES = ['pino', 'pg', 'nodemailer', 'bullmq', 'zod'];
const WORKSPACES = {
  packages: [
    'contracts',
    'delivery',
    'audience',
    'smtp',
    'db',
    'message',
    'ui',
    'testkit',
    'simulator',
  ],
  apps: ['worker', 'dashboard'],
};

let folder;
let caught;
beforeAll(async () => {
  folder = plantTree();
  caught = (await checkFences(folder)).problems;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every fence of the configuration has a violation planted', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
});

describe('a planted violation is caught', () => {
  test.each(Object.entries(PLANTED))('%s', (rule, [file]) => {
    const found = caught.filter((entry) => entry.rule === rule).map(({ problem }) => problem);
    expect(found.some((problem) => problem.includes(file))).toBe(true);
  });
});

test('what keeps within the fences is not reported', () => {
  expect(caught.filter(({ problem }) => problem.startsWith('packages/contracts/src/fine'))).toEqual(
    [],
  );
});

test('a tree without modules fails instead of passing unseen', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'hikyaku-fences-'));
  mkdirSync(join(empty, 'packages'));
  const { modules, problems } = await checkFences(empty);
  rmSync(empty, { recursive: true });
  expect([modules, problems.length]).toEqual([0, 1]);
});

function plantTree() {
  const tree = mkdtempSync(join(tmpdir(), 'hikyaku-fences-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  const manifest = (name) => JSON.stringify({ name, type: 'module', exports: './src/index.ts' });
  for (const name of LIBRARIES) {
    write(`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`);
    write(`node_modules/${name}/index.js`, 'module.exports = {};');
  }
  mkdirSync(join(tree, 'node_modules/@hikyaku'), { recursive: true });
  for (const [parent, names] of Object.entries(WORKSPACES)) {
    for (const name of names) {
      write(`${parent}/${name}/package.json`, manifest(`@hikyaku/${name}`));
      write(`${parent}/${name}/src/index.ts`, 'export const here = 1;');
      symlinkSync(join(tree, parent, name), join(tree, 'node_modules/@hikyaku', name));
    }
  }
  write('package.json', '{"name":"planted","type":"module","workspaces":["apps/*","packages/*"]}');
  write('apps/dashboard/src/app/page.tsx', 'export const page = 1;');
  write('apps/dashboard/src/features/campaigns/index.ts', 'export const here = 1;');
  write('packages/message/src/circle-back.ts', "import './circle.ts'; export const back = 1;");
  write('packages/contracts/src/fine.ts', "import { z } from 'zod'; import './index.ts'; z;");
  for (const [file, target] of Object.values(PLANTED)) {
    write(file, `import * as planted from '${target}';\nexport const used = planted;\n`);
  }
  return tree;
}
