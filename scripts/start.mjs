/**
 * npm start: from a clean clone to a running Hikyaku, a line per stage. Again: the same data within seconds.
 * `npm start -- --reset` begins anew. Ctrl-C ends every process that it began; a second Ctrl-C does not wait.
 */
import { openHome, readSecrets, requireFree, resetHome, takeHome } from './lib/start/home.mjs';
import { createInstallation } from './lib/start/installation.mjs';
import { readSettings } from './lib/start/settings.mjs';
import { red } from './lib/steps.mjs';

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(
    `Node ${process.versions.node} is too old: Hikyaku needs Node 20 or newer to start.`,
  );
  process.exit(1);
}

let installation;
try {
  const settings = readSettings();
  await requireFree(settings.home);
  if (settings.isReset) {
    const didRemove = resetHome(settings.home);
    console.log(didRemove ? `Removed ${settings.home}: beginning anew.` : 'Nothing to reset.');
  }
  openHome(settings.home);
  await takeHome(settings.home);
  installation = createInstallation(settings, readSecrets(settings.home));
  endOnSignals(installation);
  await installation.start();
} catch (error) {
  // A stage that fails because we are being stopped is no failure.
  if (installation?.isEnding()) await new Promise(() => {});
  console.error(red(`\n${error.message}`));
  await installation?.stop();
  process.exit(1);
}

function endOnSignals(running) {
  let count = 0;
  const end = async (signal) => {
    count++;
    if (count > 1) {
      console.log('\nEnding at once.');
      running.kill();
      process.exit(130);
    }
    console.log(`\n${signal}: stopping (again to end at once) …`);
    await running.stop();
    console.log('Stopped. Everything is kept for the next `npm start`.');
    process.exit(signal === 'SIGINT' ? 130 : 0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
  if (!process.env.npm_lifecycle_event) return;
  // npm does not always pass a signal on; when the shell between us has gone, so has the operator.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && count === 0 && end('npm has ended'), 500).unref();
}
