/**
 * npm test: provides what the tests need, runs them all, and says `N passed, N failed` on its last line.
 * `npm test -- unit packages/smtp` runs one suite, filtered; suites: unit, integration, browser.
 * What cannot be had here skips its tests with a loud line; under CI=true that is a failure.
 */
import { existsSync } from 'node:fs';
import { generateClient } from './lib/generate-client.mjs';
import { installPackages } from './lib/install.mjs';
import { at } from './lib/project.mjs';
import { bold, green, red, seconds, stepLine, yellow } from './lib/steps.mjs';
import { startInstallation } from './lib/test/installation-under-test.mjs';
import { findChromium, findProgram, hasJapaneseFont, startRedis } from './lib/test/real-parts.mjs';
import { runPlaywright, runVitest } from './lib/test/suites.mjs';

const SUITES = { unit, integration, browser };
const isCi = /^(1|true)$/.test(process.env.CI ?? '');
const args = process.argv.slice(2);
const wanted = Object.keys(SUITES).filter((name) => args.includes(name));
const filters = args.filter((arg) => !(arg in SUITES));

const total = { passed: 0, failed: 0 };
const lines = [];
await provide('install', installPackages);
await provide('generate', generateClient);
for (const name of wanted.length ? wanted : Object.keys(SUITES)) {
  console.log(bold(`\n── ${name} ──`));
  const begin = performance.now();
  const result = await SUITES[name]().catch((error) => {
    console.error(red(error.message));
    return { passed: 0, failed: 1, skipped: [] };
  });
  total.passed += result.passed;
  total.failed += result.failed;
  lines.push([name, seconds(begin), result]);
  if (result.skipped.length && !filters.length) miss(name, result.skipped);
}
if (filters.length && total.passed + total.failed === 0) {
  console.error(red(`No test matches ${filters.join(' ')}.`));
  total.failed = 1;
}
summarise();
process.exit(total.failed ? 1 : 0);

function unit() {
  return runVitest('unit', filters, {});
}

async function integration() {
  const redis = await startRedis();
  if (!redis) console.log(missing('redis-server', 'delivery on the Redis queue'));
  if (!findProgram('postfix')) console.log(missing('postfix', 'sessions with a real Postfix'));
  try {
    return await runVitest('integration', filters, {
      HIKYAKU_TEST_REDIS: redis?.url ?? '',
    });
  } finally {
    await redis?.stop();
  }
}

async function browser() {
  if (!existsSync(at('e2e/playwright.config.ts'))) {
    return {
      passed: 0,
      failed: 0,
      skipped: ['all browser tests: e2e/playwright.config.ts is missing'],
    };
  }
  const chromium = await findChromium();
  if (!chromium) {
    console.log(missing('chromium', 'every browser test'));
    return { passed: 0, failed: 0, skipped: ['all browser tests: no Chromium'] };
  }
  if (!hasJapaneseFont())
    console.log(missing('fonts-noto-cjk', 'nothing, but screenshots show boxes'));
  console.log('Starting the product for the browser …');
  const { variables, stop } = await startInstallation();
  try {
    return await runPlaywright(filters, { ...variables, CHROMIUM_PATH: chromium });
  } finally {
    await stop();
  }
}

async function provide(name, act) {
  const begin = performance.now();
  try {
    const { isFresh } = await act();
    console.log(stepLine(green('ok    '), name, seconds(begin), isFresh ? 'done' : 'up to date'));
  } catch (error) {
    console.error(`${red(`${name} failed`)}\n${error.message}\n\n0 passed, 1 failed`);
    process.exit(1);
  }
}

function missing(part, what) {
  return yellow(
    `\n!!! ${part} is not on this machine: ${what} cannot run here. Install it with your package manager.\n`,
  );
}

/** Skipped is not passed: said aloud here, and a failure where everything has to be there. */
function miss(suite, tests) {
  const shown = tests.slice(0, 10).map((test) => `    ${test}`);
  const more = tests.length > 10 ? [`    … and ${tests.length - 10} more`] : [];
  lines.push([suite, '', { note: [`!!! SKIPPED ${tests.length}:`, ...shown, ...more].join('\n') }]);
  if (isCi) total.failed += tests.length;
}

function summarise() {
  console.log(bold('\n── all suites ──'));
  for (const [name, time, { passed, failed, note }] of lines) {
    if (note)
      console.log(yellow(`${name}: ${note}${isCi ? '\n    (a failure under CI=true)' : ''}`));
    else
      console.log(
        stepLine(
          failed ? red('FAILED') : green('ok    '),
          name,
          time,
          `${passed} passed, ${failed} failed`,
        ),
      );
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
}
