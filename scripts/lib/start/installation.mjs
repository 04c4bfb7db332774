/** The stages of a start in their order, and the order of ending: programs first, then their database. */
import { join } from 'node:path';
import { freePort } from '../../../packages/testkit/src/postgres.mjs';
import { guardPid } from '../../../packages/testkit/src/process-guard.mjs';
import { generateClient } from '../generate-client.mjs';
import { installPackages } from '../install.mjs';
import { endTools } from '../run-tool.mjs';
import { appVariables } from './app-environment.mjs';
import { buildDashboard, isBuildStale } from './build-dashboard.mjs';
import { migrateDatabase, startDatabase } from './database.mjs';
import { leaveHome, noteRun, writePrivate } from './home.mjs';
import { routesFile, startDashboard, startReceiver, startWorker } from './programs.mjs';
import { requireRedis } from './redis.mjs';
import { sayHello, sayWelcome } from './say.mjs';
import { hasDemoData, seedDatabase } from './seed.mjs';
import { runStage } from './stage.mjs';
import { superviseProgram } from './supervise.mjs';

/** The worker settles what is on the wire before it ends. */
const DRAIN_MS = 30_000;
const DEMO_STAYS_IN =
  'This folder holds demo data, whose recipients are made up, and DELIVER_TO_INTERNET=1 would mail them. ' +
  'Set DATABASE_URL to a database of your own, or HIKYAKU_HOME to another folder.';

/** `{ start(), stop(), kill(), isEnding() }` for one home. `start` throws the first failure; the caller then stops. */
export function createInstallation(settings, secrets) {
  const { home, host } = settings;
  const children = [];
  let database;
  let isStopping = false;

  async function start() {
    const begin = performance.now();
    sayHello(settings);
    await stage('install', install);
    await stage('generate', generate);
    if (settings.redisUrl) await stage('queue', () => requireRedis(settings.redisUrl));
    const ownerUrl = await stage('database', openDatabase);
    const urls = await stage('migrate', () => migrate(ownerUrl));
    const port = await freePort(settings.port, false, host);
    const known = { settings, secrets, ownerUrl, urls, port };
    const logins = settings.isDemo ? await stage('seed', () => seed(appVariables(known))) : [];
    await stage('build', build);
    const variables = appVariables({ ...known, routesFile: routesFile(settings) });
    writePrivate(join(home, 'environment.json'), JSON.stringify(variables, undefined, 2));
    let receiver;
    const deliver = async () => {
      if (!settings.isInternet) receiver = await stage('receiver', receive);
      await stage('worker', () => work(variables));
    };
    await Promise.all([deliver(), stage('dashboard', () => show(variables, port))]);
    noteRun(home, { url: variables.BASE_URL, guard: guardPid(), port, control: receiver?.control });
    if (isStopping) return;
    sayWelcome({ settings, variables, logins, control: receiver?.control, begin });
  }

  function stage(name, act) {
    if (isStopping) throw Object.assign(new Error('stopped'), { code: 'STOPPED' });
    return runStage(name, act, isEnding);
  }

  async function install() {
    const { isFresh } = await installPackages();
    return { note: isFresh ? 'npm ci' : 'up to date' };
  }

  async function generate() {
    const { isFresh } = await generateClient();
    return { note: isFresh ? 'Prisma client written' : 'up to date' };
  }

  async function openDatabase() {
    const { databaseUrl } = settings;
    if (databaseUrl) return { note: `yours, on ${new URL(databaseUrl).host}`, value: databaseUrl };
    if (settings.isInternet && hasDemoData(home)) throw new Error(DEMO_STAYS_IN);
    database = await startDatabase(home, secrets);
    noteRun(home, { guard: guardPid() });
    const kind = database.isFresh ? 'new' : 'kept';
    return { note: `Postgres on port ${database.port}, ${kind} data`, value: database.ownerUrl };
  }

  async function migrate(ownerUrl) {
    const { applied, total, urls } = await migrateDatabase(ownerUrl, secrets);
    const note = applied.length ? `${applied.length} of ${total} applied` : 'up to date';
    return { note, value: urls };
  }

  async function seed(variables) {
    const isNewData = database.isFresh;
    const { isFresh, logins } = await seedDatabase(variables, { home, isNewData });
    return { note: isFresh === false ? 'kept' : 'demo data', value: logins ?? [] };
  }

  async function build() {
    if (!isBuildStale()) return { note: 'up to date' };
    await buildDashboard({ logFile: join(home, 'logs', 'build.log') });
    return { note: 'next build' };
  }

  async function receive() {
    const receiver = await startReceiver({ home, track });
    const note = `${receiver.destinations} destinations stand in for the internet`;
    return { note, value: receiver };
  }

  async function work(variables) {
    const again = () => startWorker({ home, track }, variables);
    const { child, healthPort } = await again();
    superviseProgram(child, again, isEnding);
    return { note: `health on port ${healthPort}` };
  }

  async function show(variables, port) {
    const again = () => startDashboard({ home, track }, variables, { host, port });
    const { child } = await again();
    superviseProgram(child, again, isEnding);
    const isMoved = port !== settings.port;
    return { note: `port ${port}${isMoved ? `, because ${settings.port} is taken` : ''}` };
  }

  function track(child) {
    children.push(child);
  }

  function isEnding() {
    return isStopping;
  }

  /** Ends everything in order; safe to call twice. */
  async function stop() {
    isStopping = true;
    endTools();
    const isReceiver = ({ name }) => name === 'receiver';
    const programs = children.filter((child) => !isReceiver(child));
    await Promise.all(programs.map((child) => child.stop(DRAIN_MS)));
    // Last: the worker may still be waiting for its answers.
    await Promise.all(children.filter(isReceiver).map((child) => child.stop(5_000)));
    await database?.stop();
    leaveHome(home);
  }

  /** Ends everything at once. Nothing is lost: what was on the wire is unknown at the next start. */
  function kill() {
    isStopping = true;
    endTools();
    for (const child of children) child.kill();
    database?.kill();
    leaveHome(home);
  }

  return { start, stop, kill, isEnding };
}
