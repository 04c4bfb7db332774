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
}

const KEEP_MS = 5 * 60_000;
const KEEP_FAILURE_MS = 60_000;
const HOSTS_MAX = 5;
const ADDRESSES_MAX = 10;
const CACHE_MAX = 200_000;

export function createDirectory(options: {
  routes: RouteTable;
  isInternetAllowed: boolean;
  dns?: Dns;
  now?: () => number;
}): Directory {
  const dns = options.dns ?? new Resolver({ timeout: 5_000, tries: 3 });
  const now = options.now ?? Date.now;
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
    if (records.length === 1 && (records[0]?.exchange === '' || records[0]?.exchange === '.')) {
      return permanent(556, '5.1.10', `The domain ${domain} accepts no mail (null MX).`);
    }
    records.sort((a, b) => a.priority - b.priority || a.exchange.localeCompare(b.exchange));
    names = records
      .map((record) => record.exchange.toLowerCase().replace(/\.$/, ''))
      .slice(0, HOSTS_MAX);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTFOUND')
      return permanent(550, '5.1.2', `The domain ${domain} does not exist.`);
    if (code !== 'ENODATA') return transient(`Looking up MX of ${domain} failed (${code}).`);
    names = [domain]; // RFC 5321 §5.1: without MX the address record is the host.
  }
  if (names.length === 0) names = [domain];
  const hosts: MxHost[] = [];
  let lastCode = '';
  for (const name of names) {
    for (const address of await addressesOf(dns, name, (code) => (lastCode = code))) {
      if (hosts.length < ADDRESSES_MAX) hosts.push({ name, address, port: 25 });
    }
  }
  if (hosts.length > 0) return { ok: true, site: [...new Set(names)].sort().join(','), hosts };
  if (lastCode === 'ENOTFOUND' || lastCode === 'ENODATA') {
    return names[0] === domain
      ? permanent(550, '5.1.2', `The domain ${domain} has neither MX nor address.`)
      : transient(`No MX host of ${domain} has an address.`);
  }
  return transient(`No usable address for ${domain} (${lastCode || 'private addresses only'}).`);
}

async function addressesOf(
  dns: Dns,
  name: string,
  onError: (code: string) => void,
): Promise<string[]> {
  const found: string[] = [];
  for (const resolve of [dns.resolve4, dns.resolve6]) {
    try {
      for (const address of await resolve.call(dns, name))
        if (!isPrivate(address)) found.push(address);
    } catch (error) {
      onError(codeOf(error));
    }
  }
  return found;
}

/** Loopback, private, link-local, shared, documentation, multicast and reserved ranges (RFC 6890). */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family === 0 || PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

const PRIVATE = new BlockList();
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
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');
PRIVATE.addSubnet('::ffff:0:0', 96, 'ipv6');

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

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException)?.code ?? error);
}
