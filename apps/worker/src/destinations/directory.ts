/**
 * From a domain to its site (domains that share MX hosts) and the addresses to connect to. A route wins; without
 * DELIVER_TO_INTERNET a domain without a route has no way out. RFC 5321 §5.1, null MX RFC 7505.
 * Invariant: an address found through DNS is never private, loopback or otherwise ours.
 */
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { RouteTable } from './routes.ts';

export interface MxHost {
  /** For the log and for TLS. */
  name: string;
  /** Numeric, or a name that a route gave. */
  address: string;
  port: number;
}

export type Destination =
  | { ok: true; site: string; hosts: MxHost[] }
  | {
      ok: false;
      category: string;
      permanence: 'transient' | 'permanent';
      code: number | null;
      enhanced: string | null;
      text: string;
    };

export interface Directory {
  /** Answered from memory for a while. Never rejects. */
  find(domain: string): Destination | Promise<Destination>;
}

/** The part of node:dns that is used, so that a test can be the name server. */
export interface Dns {
  resolveMx(name: string): Promise<{ exchange: string; priority: number }[]>;
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
  resolveCname(name: string): Promise<string[]>;
}

const KEEP_MS = 5 * 60_000;
const KEEP_FAILURE_MS = 60_000;
const HOSTS_MAX = 5;
const ADDRESSES_MAX = 10;
const CACHE_MAX = 200_000;

/** Asks these servers (`address` or `address:port`), or those of the system where none are given. */
export function createResolver(servers: readonly string[], timeoutMs: number): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 3 });
  if (servers.length > 0) resolver.setServers(servers);
  return resolver;
}

export function createDirectory(options: {
  routes: RouteTable;
  isInternetAllowed: boolean;
  dns?: Dns;
  now?: () => number;
}): Directory {
  const dns = options.dns ?? createResolver([], 5_000);
  const now = options.now ?? (() => performance.now());
  const known = new Map<string, { untilMs: number; answer: Destination | Promise<Destination> }>();

  const look = async (domain: string): Promise<Destination> => {
    const answer = await lookUp(dns, domain);
    known.set(domain, { answer, untilMs: now() + (answer.ok ? KEEP_MS : KEEP_FAILURE_MS) });
    return answer;
  };

  return {
    find(domain) {
      const route = options.routes(domain);
      if (route) return routed(route.host, route.port);
      if (!options.isInternetAllowed) return NO_ROUTE;
      const kept = known.get(domain);
      if (kept && kept.untilMs > now()) return kept.answer;
      if (known.size > CACHE_MAX) known.clear();
      const answer = look(domain);
      known.set(domain, { answer, untilMs: Number.POSITIVE_INFINITY });
      return answer;
    },
  };
}

function routed(host: string, port: number): Destination {
  return { ok: true, site: `${host}:${port}`, hosts: [{ name: host, address: host, port }] };
}

const NO_ROUTE: Destination = {
  ok: false,
  category: 'network',
  permanence: 'transient',
  code: null,
  enhanced: null,
  text: 'No route: this installation does not deliver to the internet, and its routes file does not name this domain.',
};

async function lookUp(dns: Dns, domain: string): Promise<Destination> {
  let names: string[];
  try {
    const records = await dns.resolveMx(domain);
    names = namesOf(records);
    if (records.length > 0 && names.length === 0) {
      return permanent(556, '5.1.10', `The domain ${domain} accepts no mail (null MX).`);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTFOUND')
      return permanent(550, '5.1.2', `The domain ${domain} does not exist.`);
    if (code !== 'ENODATA') return transient(`Looking up MX of ${domain} failed (${code}).`);
    names = [];
  }
  const hasMx = names.length > 0;
  // RFC 5321 §5.1: without MX the address record is the host.
  if (!hasMx) names = [domain];
  names = names.slice(0, HOSTS_MAX);
  const found = await Promise.all(names.map((name) => addressesOf(dns, name)));
  const hosts = found.flatMap((host) => host.hosts).slice(0, ADDRESSES_MAX);
  // Of all names, also those that did not answer now: a site must not change with the weather.
  if (hosts.length > 0) return { ok: true, site: names.toSorted().join(','), hosts };
  const fault = found.map((host) => host.fault).find((one) => one !== undefined);
  if (fault) return transient(`No usable address for ${domain} (${fault}).`);
  // RFC 5321 §5.1: MX hosts without addresses are a mistake of theirs that they may mend.
  if (hasMx) return transient(`No MX host of ${domain} has an address.`);
  if (await isAlias(dns, domain))
    return transient(`The domain ${domain} is an alias that leads nowhere, or back to itself.`);
  return permanent(550, '5.1.2', `The domain ${domain} has neither MX nor address.`);
}

/** Some name servers answer a chain of aliases without an end as if there were no data. */
async function isAlias(dns: Dns, domain: string): Promise<boolean> {
  return dns.resolveCname(domain).then(
    (names) => names.length > 0,
    (error) => !isAbsence(codeOf(error)),
  );
}

/** Lower case, the preferred first, each once; equals in order of name, so that every worker sees one site. */
function namesOf(records: { exchange: string; priority: number }[]): string[] {
  const named = records.map(({ exchange, priority }) => ({
    priority,
    name: exchange.toLowerCase().replace(/\.$/, ''),
  }));
  named.sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
  const names = named.map(({ name }) => name);
  return [...new Set(names)].filter((name) => name !== '');
}

/** `fault`: why there may be more than was found; undefined where DNS said clearly that there is nothing else. */
async function addressesOf(
  dns: Dns,
  name: string,
): Promise<{ hosts: MxHost[]; fault: string | undefined }> {
  const hosts: MxHost[] = [];
  let fault: string | undefined;
  for (const resolve of [dns.resolve4, dns.resolve6]) {
    try {
      for (const address of await resolve.call(dns, name)) {
        if (isPrivate(address)) fault ??= 'private addresses only';
        else hosts.push({ name, address, port: 25 });
      }
    } catch (error) {
      const code = codeOf(error);
      if (!isAbsence(code)) fault = code;
    }
  }
  return { hosts, fault };
}

/** Loopback, private, link-local, shared, documentation, multicast and reserved ranges (RFC 6890). */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return family === 4 ? PRIVATE_4.check(address, 'ipv4') : PRIVATE_6.check(address, 'ipv6');
}

// Two lists: in a common one the IPv4-mapped range of IPv6 would match every IPv4 address.
const PRIVATE_4 = new BlockList();
const PRIVATE_6 = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE_4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  // 6to4 and Teredo carry an IPv4 address inside.
  ['2002::', 16],
  ['2001::', 32],
  ['ff00::', 8],
] as const)
  PRIVATE_6.addSubnet(net, bits, 'ipv6');

function permanent(code: number, enhanced: string, text: string): Destination {
  return { ok: false, category: 'domain-bad', permanence: 'permanent', code, enhanced, text };
}

function transient(text: string): Destination {
  return {
    ok: false,
    category: 'network',
    permanence: 'transient',
    code: null,
    enhanced: null,
    text,
  };
}

/** DNS said that there is nothing; anything else is a failure to ask. */
function isAbsence(code: string): boolean {
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException)?.code ?? error);
}
