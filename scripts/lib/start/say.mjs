/** What the start script says before its first stage and after its last. */
import { bold, seconds, yellow } from '../steps.mjs';

export function sayHello({ home, isInternet, databaseUrl, env }) {
  console.log(`${bold('Hikyaku')} keeps its data in ${home}\n`);
  if (!isInternet && env.ROUTES_FILE) {
    console.log(
      yellow(
        'ROUTES_FILE is left aside: without DELIVER_TO_INTERNET=1 everything goes to the receiver.\n',
      ),
    );
  }
  if (isInternet && !databaseUrl) {
    console.log(
      yellow(
        'DELIVER_TO_INTERNET=1 without DATABASE_URL: the data stays in the embedded Postgres of this folder.\n',
      ),
    );
  }
}

export function sayWelcome({ settings, variables, logins, control, begin }) {
  const lines = [`\n${bold('Ready')} after ${seconds(begin)}: ${bold(variables.BASE_URL)}\n`];
  if (logins.length) {
    const width = Math.max(...logins.map(({ email }) => email.length));
    const rows = logins.map(
      ({ email, role, tenant }) =>
        `  ${email.padEnd(width)}  ${[role, tenant].filter(Boolean).join(' of ')}`,
    );
    lines.push(
      `Sign in with the password ${bold(variables.HIKYAKU_DEMO_PASSWORD)} as`,
      ...rows,
      '',
    );
  } else {
    lines.push('Create the first staff user with: npm run admin -- create-staff --help\n');
  }
  if (settings.isInternet) {
    lines.push(yellow('Mail leaves this machine: DELIVER_TO_INTERNET=1.'));
  } else {
    const at = `http://127.0.0.1:${control}`;
    lines.push(`No mail leaves this machine: the receiver takes it all (control ${at}).`);
  }
  lines.push('Ctrl-C stops everything and keeps the data.');
  console.log(lines.join('\n'));
}
