/** Runs one suite and counts: `{ passed, failed, skipped: ['name of a test', …] }`. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, bin, nodeForTypeScript, root } from '../project.mjs';
import { runTool } from '../run-tool.mjs';

/** A project of vitest.config.ts. */
export async function runVitest(project, filters, env) {
  const args = ['run', '--project', project, '--passWithNoTests', ...filters];
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const file = nodeForTypeScript();
    const { code } = await show(file, [bin('vitest'), ...args, ...reporters], { env });
    return countVitest(readReport(report), code);
  });
}

/** The browser tests of e2e/, against the installation that `env` names. */
export async function runPlaywright(filters, env) {
  return withReport(async (report) => {
    const cli = at('node_modules/@playwright/test/cli.js');
    const { code } = await show(
      nodeForTypeScript(),
      [cli, 'test', '--reporter=list,json', '--pass-with-no-tests', ...filters],
      { cwd: at('e2e'), env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
    );
    return countPlaywright(readReport(report), code);
  });
}

/** A run that ends badly without a failed test (an error between tests, a crash) is one failure. */
export function countVitest(report, code) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const of = (...states) => tests.filter(({ status }) => states.includes(status));
  const failed = of('failed').length;
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((t) => t.status === 'failed'),
  ).length;
  return {
    passed: of('passed').length,
    failed: failed + brokenFiles || (code === 0 ? 0 : 1),
    skipped: of('pending', 'skipped', 'todo', 'disabled').map(({ fullName }) => fullName),
  };
}

export function countPlaywright(report, code) {
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {};
  const broken = report?.errors?.length ?? 0;
  return {
    passed: expected + flaky,
    failed: unexpected + broken || (code === 0 ? 0 : 1),
    skipped: specsOf(report?.suites ?? [])
      .filter(({ tests }) => tests.every(({ status }) => status === 'skipped'))
      .map(({ title }) => title),
  };
}

function specsOf(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)]);
}

function show(file, args, options) {
  return runTool(file, args, {
    cwd: root,
    ...options,
    onData: (text) => process.stdout.write(text),
  });
}

async function withReport(run) {
  const folder = mkdtempSync(join(tmpdir(), 'hikyaku-report-'));
  try {
    return await run(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
