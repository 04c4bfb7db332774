/** One stage of a start: a line with its time, or what failed, why, and what to do. */
import { green, red, seconds, stepLine } from '../steps.mjs';

/** Said after a second, so that nobody wonders whether it hangs. */
const LONG = {
  install: 'npm ci, about a minute the first time …',
  build: 'next build, about half a minute when the dashboard has changed …',
};
const REMEDIES = {
  install: 'See the lines above; `npm start` again goes on where it stopped.',
  generate: 'See the lines above; `npm run generate` tries only this.',
  database:
    'Is the disk full, or the log above clear? `npm start -- --reset` begins with new data.',
  migrate:
    'With DATABASE_URL, that role must own its tables and be allowed to create roles. Without, `npm start -- --reset` begins with new data.',
  queue: 'Start Redis, or leave REDIS_URL out: the queue then lives in Postgres.',
  seed: '`npm start -- --reset` begins with new data.',
  build: 'Mend what Next names; `npm run check` says more.',
  receiver: 'The log above says why.',
  worker: 'The log above says why; .env.example explains what the worker reads.',
  dashboard: 'The log above says why; .env.example explains what the dashboard reads.',
};

/** Runs `act`, which gives `{ note, value }`; passes `value` on. Throws STAGE_FAILED with all that is known. */
export async function runStage(name, act, isEnding = () => false) {
  const begin = performance.now();
  const announce = setTimeout(
    () => LONG[name] && console.log(`  …  ${name.padEnd(10)} ${LONG[name]}`),
    1_000,
  );
  try {
    const { note, value } = (await act()) ?? {};
    console.log(stepLine(green('  ok'), name, seconds(begin), note));
    return value;
  } catch (error) {
    // Its tool or program was ended because we are.
    if (isEnding()) throw error;
    console.log(stepLine(red('FAIL'), name, seconds(begin)));
    const remedy = REMEDIES[name] ? `\n\nWhat to do: ${REMEDIES[name]}` : '';
    const message = `The stage "${name}" failed.\n\n${error.message}${remedy}`;
    throw Object.assign(new Error(message, { cause: error }), { code: 'STAGE_FAILED' });
  } finally {
    clearTimeout(announce);
  }
}
