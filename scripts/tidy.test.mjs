/** Each tidy rule is proven by a file that breaks it, and by one that does not. */
import { describe, expect, test } from 'vitest';
import { readProject, tidyProblems } from './lib/tidy/index.mjs';

const problemsOf = (files) =>
  tidyProblems(new Map(Object.entries(files))).map(({ file, problem }) => `${file}: ${problem}`);
const HEADER = '/** What this is. */\n';
const long = (count) => `${HEADER}${'line();\n'.repeat(count)}`;

describe('a file that breaks a rule is named', () => {
  test.each([
    ['a name in camel case', { 'packages/db/src/readRows.ts': '' }, 'kebab-case'],
    ['a name that says nothing', { 'packages/db/src/date-utils.ts': '' }, 'says nothing'],
    ['a folder that says nothing', { 'apps/worker/src/services/mail.ts': '' }, 'says nothing'],
    ['501 lines', { 'packages/db/src/a.ts': long(500) }, '501 lines'],
    ['no header', { 'packages/db/src/a.ts': 'line();\n'.repeat(40) }, 'no comment that says'],
    [
      'a header of seven lines',
      { 'packages/db/src/a.ts': `${'// one line\n'.repeat(7)}${'line();\n'.repeat(40)}` },
      'header of 7 lines',
    ],
    [
      'unsafe raw SQL',
      { 'packages/db/src/a.ts': 'await tx.$queryRawUnsafe(sql);' },
      'unsafe raw SQL',
    ],
    ['a type error switched off', { 'apps/worker/src/a.ts': '// @ts-ignore\n' }, 'switched off'],
    ['a test that does not run', { 'apps/worker/src/a.test.ts': "test.only('x');" }, 'not run'],
    ['a left-over mark', { 'apps/worker/src/a.ts': '// FIXME later\n' }, 'left-over mark'],
    ['a path of one machine', { 'README.md': 'cd /home/someone/hikyaku' }, 'one machine'],
    [
      'a download host in the lock',
      { 'package-lock.json': '{\n"packages": {"a": {\n"resolved": "https://host/a.tgz"}}}' },
      'download host',
    ],
    ['process.env in a package', { 'packages/db/src/a.ts': 'process.env.X;' }, 'outside env.ts'],
    ['a clock in a pure room', { 'packages/delivery/src/a.ts': 'Date.now();' }, 'pure room'],
    ['chance in a pure room', { 'packages/replies/src/a.ts': 'Math.random();' }, 'pure room'],
    [
      'a range in a manifest',
      { 'package.json': '{"dependencies":{"next":"^16.4.6"}}' },
      'pin an exact version',
    ],
    [
      'a version below its floor',
      { 'package-lock.json': '{"packages":{"node_modules/next":{"version":"16.2.5"}}}' },
      'next 16.2.5 is below its floor',
    ],
    [
      'a nested copy below its floor',
      { 'package-lock.json': '{"packages":{"x/node_modules/liquidjs":{"version":"9.43.0"}}}' },
      'liquidjs 9.43.0 is below',
    ],
    [
      'a variable without explanation',
      { 'apps/worker/src/env.ts': '  NEW_ONE: z.string(),', '.env.example': 'OLD_ONE=1' },
      'NEW_ONE is not explained',
    ],
    [
      'an explanation without a reader',
      { 'apps/worker/src/env.ts': '', '.env.example': 'OLD_ONE=1' },
      'nothing reads OLD_ONE',
    ],
    [
      'a key that Japanese lacks',
      { ...texts('en', { a: 'A', b: 'B' }), ...texts('ja', { a: 'あ' }) },
      'ja/lists.json: "b" is missing',
    ],
    [
      'a key that English lacks',
      { ...texts('en', {}), ...texts('ja', { a: 'あ' }) },
      'en/lists.json: "a" is missing',
    ],
    ['a catalogue that Japanese lacks', texts('en', { a: 'A' }), 'ja/lists.json: "a" is missing'],
    [
      'an empty text',
      { ...texts('en', { a: 'A' }), ...texts('ja', { a: ' ' }) },
      'ja/lists.json: "a" is empty',
    ],
    [
      'an argument that one language lacks',
      {
        ...texts('en', { a: '{count, plural, one {# person} other {# people}}' }),
        ...texts('ja', { a: '人' }),
      },
      'takes nothing, in English count',
    ],
  ])('%s', (_, files, expected) => {
    expect(problemsOf(files).join('\n')).toContain(expected);
  });
});

test('plural branches are text, not arguments', () => {
  const en = '{count, plural, one {second} other {seconds}} of <b>{name}</b>';
  const ja = '<b>{name}</b>の{count}秒';
  expect(problemsOf({ ...texts('en', { a: en }), ...texts('ja', { a: ja }) })).toEqual([]);
});

test('names that tools dictate, tests, and files that keep the rules pass', () => {
  expect(
    problemsOf({
      'apps/dashboard/src/app/(app)/lists/[listId]/page.tsx': 'export default () => null;',
      'apps/dashboard/src/app/api/auth/[...nextauth]/route.ts': '',
      'prisma/migrations/20261124000000_init/migration.sql': '',
      'packages/db/src/a.ts': long(100),
      'packages/db/src/a.test.ts': 'line();\n'.repeat(30),
      'packages/db/src/b.ts': "type Safe = Omit<Tx, '$queryRawUnsafe'>;",
      'apps/worker/src/env.ts': 'parse(process.env);',
      'package.json':
        '{"devDependencies":{"typescript":"npm:@typescript/typescript6@6.0.2","a":"1.0.0-beta.1"}}',
    }),
  ).toEqual([]);
});

test('the project itself is read, manifests and catalogues included', async () => {
  const files = await readProject();
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['package.json', 'package-lock.json', 'scripts/tidy.test.mjs']),
  );
});

function texts(language, content) {
  return { [`apps/dashboard/messages/${language}/lists.json`]: JSON.stringify(content) };
}
