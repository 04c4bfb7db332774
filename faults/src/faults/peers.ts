/** F20–F25, F27: servers that stall, reset, refuse, drip, flood and garble. Each is a peer of its own beside a main campaign. */
import type { PeerManner } from '@hikyaku/testkit/scripted-peer';
import { expiredCertificate, expiredKey } from '@hikyaku/testkit/test-certificate';
import type { Fault } from '../fault.ts';
import { people, type Stage, until } from '../stage.ts';
import { strikeAt } from './strike.ts';

const EACH = 12;

/** Deadlines that a test can wait for; each differs, so that one cannot stand in for another. */
const TIMEOUTS = {
  ...{ connectMs: 2_000, greetingMs: 1_000, ehloMs: 1_300, tlsMs: 1_600, mailMs: 1_900 },
  ...{ rcptMs: 2_200, dataMs: 2_500, dotMs: 2_800, blockMs: 3_000, quitMs: 500 },
};
const MESSAGE_MS = 150;
/** A busy machine is late, never early. */
const LATE_MS = 8_000;

interface PeerRow {
  email: string;
  state: string;
  attempts: number;
  tls: string | null;
  codes: (number | null)[];
  dispositions: string[];
}

async function rowsOf(stage: Stage, domain: string): Promise<PeerRow[]> {
  return stage.query<PeerRow>(
    `select d.email, d.state, d.attempts, max(e.tls) as tls, array_agg(e.code order by e.at) as codes,
            array_agg(e.disposition::text order by e.at) as dispositions
       from delivery d left join delivery_event e on e.tenant_id = d.tenant_id and e.delivery_id = d.id
      where d.domain = $1 group by d.id, d.email, d.state, d.attempts`,
    [domain],
  );
}

/** Begins the main campaign, then mail to the peers; waits until that has ended, with the main one at its pace. */
async function besideMain(stage: Stage, emails: readonly string[]): Promise<void> {
  await stage.startWorker();
  await stage.begin();
  stage.struckAtMs = Date.now();
  const id = await stage.campaign(emails);
  await stage.recovers();
  await stage.scenario.finished(id, 120_000);
}

const STAGES = {
  greeting: ['GREETING', TIMEOUTS.greetingMs],
  ehlo: ['EHLO', TIMEOUTS.ehloMs],
  mail: ['MAIL', TIMEOUTS.mailMs],
  rcpt: ['RCPT', TIMEOUTS.rcptMs],
  data: ['DATA', TIMEOUTS.dataMs],
  dot: ['MESSAGE', TIMEOUTS.dotMs],
} as const;

/** Of messages that the receiver did not take, and as many that it took. */
const RESETS = 3;

export const peerFaults: Fault[] = [
  {
    id: 'F20',
    what: 'a server stalls at the greeting, EHLO, MAIL, RCPT, DATA and the dot',
    expect: "each session ends with its stage's own timeout; only a stall at the dot is unknown",
    stage: { unknownMax: 1, recipients: 3_000, tuning: { timeouts: TIMEOUTS } },
    async run(stage) {
      const stalls = new Map<string, number>();
      for (const [name, [verb, timeoutMs]] of Object.entries(STAGES)) {
        let hasStalled = false;
        await stage.peer(`stall-${name}.example`, {
          manner: (event) => {
            // The other sessions are slow enough that there is mail for this one all the while.
            if (event.verb !== verb || hasStalled)
              return event.kind === 'message' ? { waitMs: MESSAGE_MS } : undefined;
            hasStalled = true;
            stage.struck(name);
            const sinceMs = performance.now();
            void event.closed.then(() => stalls.set(name, performance.now() - sinceMs - timeoutMs));
            return { after: 'silence' };
          },
        });
      }
      const emails = Object.keys(STAGES).flatMap((name) =>
        people(5 * EACH, `stall-${name}.example`),
      );
      await besideMain(stage, emails);
      for (const name of Object.keys(STAGES)) {
        const overMs = stalls.get(name) ?? Number.NaN;
        stage.demand(
          overMs > -100 && overMs < LATE_MS,
          `${name}: ended ${Math.round(overMs)} ms behind its timeout`,
        );
        const unknown = (await rowsOf(stage, `stall-${name}.example`)).filter(
          ({ state }) => state === 'unknown',
        );
        stage.demand(
          unknown.length === (name === 'dot' ? 1 : 0),
          `${name}: ${unknown.length} unknown`,
        );
      }
    },
  },
  {
    id: 'F21',
    what: 'the connection is reset after the dot, before and after the receiver took the message',
    expect: 'unknown, never sent again; I3',
    stage: { unknownMax: 2 * RESETS },
    run: resetAfterTheDot,
  },
  {
    id: 'F21',
    what: 'the same in bulk: reset after the dot',
    expect: 'everybody of the transaction is unknown, and nobody else',
    stage: {
      ...{ recipientsPerTransaction: 12, recipients: 20_000, latencyMs: 100 },
      unknownMax: 2 * RESETS * 12,
    },
    run: resetAfterTheDot,
  },
  {
    id: 'F22',
    what: '421 at random to one command in twenty, and the server closes',
    expect: 'the next message is unharmed: each arrives once',
    stage: { unknownMax: 0 },
    async run(stage) {
      let seed = 7;
      await stage.peer('random.example', {
        manner: ({ kind, verb }) => {
          seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
          if (kind === 'greeting' || verb === 'QUIT' || seed / 2_147_483_648 > 0.05)
            return undefined;
          stage.struck('421');
          return { reply: '421 4.3.2 going down', after: 'close' };
        },
      });
      await besideMain(stage, people(300, 'random.example'));
      const rows = await rowsOf(stage, 'random.example');
      const bad = rows.filter(({ state }) => state !== 'accepted');
      stage.demand(bad.length === 0, `${bad.length} of ${rows.length} did not arrive`);
    },
  },
  {
    id: 'F23',
    what: 'half-open TCP: the receiver hangs with its sessions; then one byte of reply a second',
    expect: 'the deadline is for the whole reply; what was unanswered after the dot is unknown',
    stage: { recipients: 3_000, tuning: { timeouts: TIMEOUTS } },
    async run(stage) {
      await stage.startWorker();
      await stage.begin();
      process.kill(stage.receiver.pid, 'SIGSTOP');
      stage.struck('receiver hangs');
      await new Promise((resolve) => setTimeout(resolve, TIMEOUTS.dotMs + 1_500));
      process.kill(stage.receiver.pid, 'SIGCONT');
      await stage.recovers();
      await stage.receiver.setManners('others', { replyBytesPerSecond: 1 });
      const id = await stage.campaign(people(EACH, 'drip.example'));
      stage.struck('1 byte/s');
      const events = () =>
        stage.query(`select 1 from site_event where phase in ('GREETING', 'EHLO')`);
      await until(
        async () => (await events()).length > 0,
        'the deadline of the whole reply ended a session',
      );
      await stage.receiver.setManners('others', { replyBytesPerSecond: null });
      await stage.scenario.finished(id, 120_000);
    },
  },
  {
    id: 'F24',
    what: 'a reply line of 10 MB; `250-` lines without an end',
    expect: 'the session is cut, the recipient deferred and sent later; memory bounded',
    stage: { unknownMax: 0 },
    async run(stage) {
      await stage.peer('line.example', {
        manner: onceAt('RCPT', Buffer.alloc(10_000_000, 'x'), stage),
      });
      await stage.peer('lines.example', {
        manner: onceAt('EHLO', Buffer.from('250-more of the same\r\n'.repeat(500_000)), stage),
      });
      await besideMain(stage, [...people(EACH, 'line.example'), ...people(EACH, 'lines.example')]);
      for (const domain of ['line.example', 'lines.example']) {
        const bad = (await rowsOf(stage, domain)).filter(({ state }) => state !== 'accepted');
        stage.demand(bad.length === 0, `${domain}: ${bad.length} did not arrive later`);
      }
      const deferred = (await rowsOf(stage, 'line.example')).filter((row) =>
        row.dispositions.includes('deferred'),
      );
      stage.demand(deferred.length > 0, 'the recipient of the long line was deferred first');
    },
  },
  {
    id: 'F25',
    what: 'replies byte by byte, and several in one segment, with refusals between them',
    expect: 'each reply is given to the recipient that it answers',
    stage: { unknownMax: 0 },
    async run(stage) {
      for (const segments of ['bytes', 'merged'] as const)
        await stage.peer(`${segments}.example`, { segments, manner: byAddress(stage) });
      await besideMain(stage, [...people(150, 'bytes.example'), ...people(150, 'merged.example')]);
      for (const domain of ['bytes.example', 'merged.example'])
        for (const { email, state, codes } of await rowsOf(stage, domain)) {
          const wanted = verdictOn(email);
          const isRight = state === (wanted >= 500 ? 'bounced' : 'accepted') && codes[0] === wanted;
          stage.demand(isRight, `${email}: ${state} with ${codes}, it was answered ${wanted}`);
        }
    },
  },
  {
    id: 'F27',
    what: 'TLS: refused, an expired certificate, a handshake that hangs, rubbish instead of one',
    expect:
      'TLS is taken where it works and done without where it does not, and the log says which',
    stage: { unknownMax: 0, tuning: { timeouts: TIMEOUTS } },
    async run(stage) {
      const certificate = { key: expiredKey, cert: expiredCertificate };
      await stage.peer('good-tls.example', { hasStartTls: true });
      await stage.peer('expired-tls.example', { hasStartTls: true, certificate });
      await stage.peer('refused-tls.example', {
        hasStartTls: true,
        manner: ({ verb }) =>
          struckIf(stage, verb === 'STARTTLS', 'refused', '454 4.7.0 TLS not now'),
      });
      await stage.peer('hung-tls.example', {
        hasStartTls: true,
        manner: ({ verb }) =>
          struckIf(stage, verb === 'STARTTLS', 'hangs', { reply: '220 ready', after: 'silence' }),
      });
      await stage.peer('junk-tls.example', {
        hasStartTls: true,
        manner: ({ verb }) =>
          struckIf(stage, verb === 'STARTTLS', 'rubbish', {
            reply: '220 ready',
            after: 'junk-tls',
          }),
      });
      const domains = [...stage.peers.keys()];
      await besideMain(
        stage,
        domains.flatMap((domain) => people(EACH, domain)),
      );
      for (const domain of domains) {
        const rows = await rowsOf(stage, domain);
        const isEncrypted = domain.startsWith('good') || domain.startsWith('expired');
        const bad = rows.filter(
          ({ state, tls }) => state !== 'accepted' || (tls !== null) !== isEncrypted,
        );
        stage.demand(
          bad.length === 0,
          `${domain}: ${bad.length} of ${rows.length}, ${JSON.stringify(bad[0])}`,
        );
      }
    },
  },
];

async function resetAfterTheDot(stage: Stage): Promise<void> {
  await stage.startWorker();
  await stage.begin();
  const action = { do: 'reset' } as const;
  for (const when of ['dot-received', 'before-reply'] as const) {
    const trigger = { when, destination: 'main', nth: 10, times: RESETS, action };
    await strikeAt(stage, trigger, `RST ${when}`);
  }
  await stage.recovers();
  await stage.complete();
  // By transactions: the last of those that were read together may have fewer recipients than the others.
  const [log] = await stage.query<{ reset: number; spared: number }>(
    `select count(*)::int as reset, count(*) filter (where accepted > 0)::int as spared from (
       select count(*) filter (where disposition = 'accepted') as accepted from delivery_event
        group by session, transaction having bool_or(disposition = 'unknown')) as cut`,
  );
  stage.demand(
    log?.reset === 2 * RESETS && log.spared === 0,
    `each transaction that was reset is unknown as a whole, and no other (${JSON.stringify(log)})`,
  );
}

/** Says so at the first such command of the peer, and then behaves. */
function onceAt(verb: string, flood: Buffer, stage: Stage): PeerManner {
  let hasStruck = false;
  return (event) => {
    if (event.verb !== verb || hasStruck) return undefined;
    hasStruck = true;
    stage.struck(`flood at ${verb}`);
    return flood;
  };
}

function struckIf<T>(stage: Stage, isSo: boolean, what: string, answer: T): T | undefined {
  if (!isSo) return undefined;
  stage.struck(what);
  return answer;
}

/** What the peer says of an address; it is asked again after a 4yz, and then takes it. */
function verdictOn(email: string): number {
  const n = Number(/^p(\d+)@/.exec(email)?.[1]);
  return [250, 250, 550, 250, 450, 250, 552, 451][n % 8] as number;
}

function byAddress(stage: Stage): PeerManner {
  const seen = new Set<string>();
  return ({ verb, line, recipients }) => {
    const email = /<(.*?)>/.exec(line)?.[1] ?? recipients[0] ?? '';
    const code = verdictOn(email);
    const isAsked = code === 552 || code === 451 ? verb === 'MESSAGE' : verb === 'RCPT';
    if (!isAsked || code === 250 || seen.has(email)) return undefined;
    seen.add(email);
    stage.struck(String(code));
    return `${code} ${code >= 500 ? '5' : '4'}.0.0 answer to ${email}`;
  };
}
