/**
 * The command line of `npm run smtp`, checked before anything is connected to.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { isEhloName, kindOfAddress } from '../address.ts';
import type { Auth } from '../opening.ts';
import { defaultTimeouts, type Timeouts } from '../settings.ts';

export const HELP = `npm run smtp -- send --host HOST --from ADDRESS --to ADDRESS[,ADDRESS…] --message FILE

  --host HOST            name or numeric address of the server
  --port PORT            default 25
  --from ADDRESS         envelope sender; '' is the null sender
  --to A[,B…]            recipients; may be given several times
  --message FILE         header and body; - is standard input
  --helo NAME            our name in EHLO; default: this machine's name
  --mode MODE            one-to-one (default) or bulk: one transaction for all recipients
  --repeat N             send N times to each recipient
  --sessions S           sessions at a time; default 1
  --starttls MODE        off, opportunistic (default) or required
  --no-verify            take any certificate with --starttls required
  --auth USER:PASS       sign in; only under TLS
  --auth-plaintext       … also without TLS
  --timeout NAME=SECONDS … ${Object.keys(defaultTimeouts)
    .map((name) => name.slice(0, -2))
    .join(', ')}
  --json                 one JSON object per recipient, and one for the sums
  --transcript           what was said, on standard error, secrets masked
`;

export type SendOptions = {
  host: string;
  port: number;
  from: string;
  to: readonly string[];
  messageFile: string;
  helo: string;
  mode: 'one-to-one' | 'bulk';
  repeat: number;
  sessions: number;
  startTls: 'off' | 'opportunistic' | 'required';
  isVerifying: boolean | undefined;
  auth: Auth | undefined;
  timeouts: Partial<Timeouts>;
  isJson: boolean;
  hasTranscript: boolean;
};

/** Says what is wrong with the command line, and what would be right. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(argv: readonly string[]): SendOptions | 'help' {
  const { values, positionals } = parse(argv);
  if (values.help === true || argv.length === 0) return 'help';
  const words = positionals.filter((word) => !isTimeout(word));
  if (words.length !== 1 || words[0] !== 'send')
    throw new UsageError(`"${words.join(' ')}" is no command. The command is: send.`);
  return {
    host: needed(values.host, '--host'),
    port: wholeNumber(values.port, '--port', 65_535),
    from: checkedAddress(values.from ?? needed(values.from, '--from'), true),
    to: recipientsOf(values.to ?? []),
    messageFile: needed(values.message, '--message'),
    helo: heloName(values.helo),
    mode: oneOf(values.mode, '--mode', ['one-to-one', 'bulk'] as const),
    repeat: wholeNumber(values.repeat, '--repeat', 1_000_000_000),
    sessions: wholeNumber(values.sessions, '--sessions', 10_000),
    startTls: oneOf(values.starttls, '--starttls', ['off', 'opportunistic', 'required'] as const),
    isVerifying: values['no-verify'] === true ? false : undefined,
    auth: readAuth(values.auth, values['auth-plaintext'] === true),
    // Those behind the first stand alone: --timeout dot=600 mail=60.
    timeouts: readTimeouts([...(values.timeout ?? []), ...positionals.filter(isTimeout)]),
    isJson: values.json === true,
    hasTranscript: values.transcript === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        host: { type: 'string' },
        port: { type: 'string', default: '25' },
        from: { type: 'string' },
        to: { type: 'string', multiple: true },
        message: { type: 'string' },
        helo: { type: 'string' },
        mode: { type: 'string', default: 'one-to-one' },
        repeat: { type: 'string', default: '1' },
        sessions: { type: 'string', default: '1' },
        starttls: { type: 'string', default: 'opportunistic' },
        'no-verify': { type: 'boolean' },
        auth: { type: 'string' },
        'auth-plaintext': { type: 'boolean' },
        timeout: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        transcript: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing.`);
  return value;
}

function wholeNumber(text: string, name: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max)
    throw new UsageError(`${name} ${text}: a whole number from 1 to ${max} is wanted.`);
  return value;
}

function oneOf<W extends string>(text: string, name: string, words: readonly W[]): W {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new UsageError(`${name} ${text}: one of ${words.join(', ')}.`);
  return word;
}

function checkedAddress(address: string, isSender = false): string {
  if (isSender && (address === '' || address === '<>')) return '';
  if (kindOfAddress(address) === 'invalid')
    throw new UsageError(`${JSON.stringify(address)} is no address that an envelope can carry.`);
  return address;
}

function recipientsOf(values: readonly string[]): string[] {
  const recipients = values.flatMap((value) => value.split(',')).map((value) => value.trim());
  if (recipients.length === 0) throw new UsageError('--to is missing.');
  return recipients.map((recipient) => checkedAddress(recipient));
}

function heloName(given: string | undefined): string {
  const name = given ?? hostname();
  if (isEhloName(name)) return isIP(name) === 0 ? name : `[${name}]`;
  throw new UsageError(`--helo ${JSON.stringify(name)}: a domain name or [192.0.2.1] is wanted.`);
}

function readAuth(text: string | undefined, isPlaintextAllowed: boolean): Auth | undefined {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError('--auth: USER:PASS is wanted.');
  return { user: text.slice(0, colon), pass: text.slice(colon + 1), isPlaintextAllowed };
}

function isTimeout(word: string): boolean {
  return word.includes('=');
}

function readTimeouts(values: readonly string[]): Partial<Timeouts> {
  const timeouts: Partial<Timeouts> = {};
  for (const value of values.flatMap((one) => one.split(','))) {
    const [name = '', seconds = ''] = value.split('=');
    const key = `${name}Ms` as keyof Timeouts;
    if (!(key in defaultTimeouts) || !(Number(seconds) > 0))
      throw new UsageError(`--timeout ${value}: NAME=SECONDS is wanted, such as dot=600.`);
    timeouts[key] = Number(seconds) * 1_000;
  }
  return timeouts;
}
