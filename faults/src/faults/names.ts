/** F26: name servers that fail, say nothing, lie, or lead into our own network. Nothing can leave: the source is nobody's. */
import type { Fault } from '../fault.ts';
import { type Answer, type Reply, startNameServer } from '../name-server.ts';
import { people, until } from '../stage.ts';

/** TEST-NET-2 (RFC 5737) is no address of this machine: a connect from it fails before anything is sent. */
const SOURCE = '198.51.100.7';
/** Was for 6to4 relays, and is nobody's since RFC 7526. */
const NOBODY = '192.88.99.1';
/** As many MX hosts, and addresses, of one domain are used (apps/worker/src/destinations/directory.ts). */
const [HOSTS_MAX, ADDRESSES_MAX] = [5, 10];
const EACH = 3;

const MX: Record<string, Answer[]> = {
  'null-mx.example': [{ type: 'MX', priority: 0, name: '' }],
  'loop.example': [{ type: 'CNAME', name: 'again.loop.example' }],
  'again.loop.example': [{ type: 'CNAME', name: 'loop.example' }],
  'many.example': Array.from({ length: 100 }, (_, i) => ({
    ...{ type: 'MX', priority: i, name: `m${i}.many.example` },
  })) as Answer[],
  'private.example': [{ type: 'MX', priority: 1, name: 'mx.private.example' }],
};

function answer(name: string, type: string): Reply | undefined {
  if (name === 'silent.example') return undefined;
  if (name === 'servfail.example') return { code: 'servfail', answers: [] };
  if (name === 'nx.example') return { code: 'nxdomain', answers: [] };
  if (type === 'A' && name.endsWith('.many.example'))
    return { code: 'ok', answers: [{ type, address: NOBODY }] };
  if (type === 'A' && name === 'mx.private.example')
    return {
      code: 'ok',
      answers: ['127.0.0.1', '10.0.0.1'].map((address) => ({ type, address })),
    } as const;
  const known = MX[name] ?? [];
  return {
    code: 'ok',
    answers: known.filter((one) => one.type === type || one.type === 'CNAME'),
  } as const;
}

/** What becomes of them: those that may mend wait, here until their time is over. */
const EXPECTED: Record<string, [state: string, code: number | null]> = {
  'servfail.example': ['expired', null],
  'silent.example': ['expired', null],
  'nx.example': ['bounced', 550],
  'null-mx.example': ['bounced', 556],
  'loop.example': ['expired', null],
  'many.example': ['expired', null],
  'private.example': ['expired', null],
};

export const nameFaults: Fault[] = [
  {
    id: 'F26',
    what: 'DNS: SERVFAIL, silence, NXDOMAIN, null MX, an alias loop, 100 MX hosts, MX to private addresses',
    expect: 'deferred, deferred, bounced, bounced, deferred, capped, never connected to',
    stage: { unknownMax: 0, tuning: { dnsTimeoutMs: 200 } },
    async run(stage) {
      const server = await startNameServer(answer);
      try {
        await stage.startWorker({
          env: {
            ...{ DELIVER_TO_INTERNET: '1', EHLO_NAME: 'mail.faults.example' },
            ...{
              SOURCE_ADDRESSES: SOURCE,
              NAME_SERVERS: `127.0.0.1:${server.port}`,
              ROUTES_FILE: '',
            },
          },
        });
        const domains = Object.keys(EXPECTED);
        const id = await stage.campaign(
          domains.flatMap((domain) => people(EACH, domain)),
          // Two hours at a thousandth: seven seconds in which to be looked up again.
          { expiryHours: 2 },
        );
        await until(() => server.asked.length > 0, 'names were asked for');
        await stage.scenario.finished(id);
        for (const domain of domains)
          if (server.asked.some((one) => one.endsWith(` ${domain}`))) stage.struck(domain);
        stage.demand(stage.strikes.length === domains.length, 'each domain was looked up');
        const rows = await stage.query<{ domain: string; state: string; code: number | null }>(
          'select domain, state, code from delivery where campaign_id = $1',
          [id],
        );
        for (const { domain, state, code } of rows) {
          const wanted = EXPECTED[domain] as (typeof EXPECTED)[string];
          const isSo = state === wanted[0] && (wanted[1] === null || code === wanted[1]);
          stage.demand(isSo, `${domain} is ${wanted.join(' ')} (it is ${state} ${code})`);
        }
        const hosts = new Set(server.asked.filter((one) => /^A m\d+\.many/.test(one)));
        stage.demand(
          hosts.size > 0 && hosts.size <= HOSTS_MAX,
          `${hosts.size} of 100 MX hosts were asked for`,
        );
        const tried = await stage.query<{ address: string; site: string }>(
          `select distinct mx_address as address, site from site_event where mx_address <> ''`,
        );
        stage.demand(
          tried.length > 0 && tried.length <= ADDRESSES_MAX,
          `${tried.length} addresses were tried`,
        );
        const strangers = tried.filter(({ address }) => !address.startsWith(NOBODY));
        stage.demand(strangers.length === 0, `never connected to ${JSON.stringify(strangers[0])}`);
      } finally {
        await server.stop();
      }
    },
  },
];
