/**
 * Routes: `domain or * = host:port`, a line each, `#` comments. A route wins over DNS; without DELIVER_TO_INTERNET there
 * is nothing but routes, so that no mail leaves the machine by accident. A route that leads nowhere is refused at the start.
 */
import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface Route {
  host: string;
  port: number;
}

export type RouteTable = (domain: string) => Route | undefined;

/** Throws an Error that names the line that does not parse, leads nowhere, or says again what another line has said. */
export function parseRoutes(text: string): RouteTable {
  const routes = new Map(readLines(text).map(({ domain, host, port }) => [domain, { host, port }]));
  return (domain) => routes.get(domain) ?? routes.get('*');
}

/**
 * Looks the hosts of a routes file up, once. Throws an Error that names the line of a host that does not exist; a name server that
 * does not answer now is not held against it.
 */
export async function requireKnownHosts(
  text: string,
  lookup: (host: string) => Promise<unknown> = (host) => dnsLookup(host),
): Promise<void> {
  for (const { line, rule, host } of readLines(text)) {
    if (isIP(host) !== 0) continue;
    await lookup(host).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTFOUND') throw refusal(line, rule, `there is no host ${host}`);
    });
  }
}

interface RouteLine extends Route {
  line: number;
  rule: string;
  domain: string;
}

function readLines(text: string): RouteLine[] {
  const found = new Map<string, RouteLine>();
  text.split(/\r?\n/).forEach((given, index) => {
    const rule = given.replace(/#.*$/, '').trim();
    if (rule === '') return;
    const line = readLine(index + 1, rule);
    const before = found.get(line.domain);
    if (before)
      throw refusal(line.line, rule, `line ${before.line} has a route for ${line.domain}`);
    found.set(line.domain, line);
  });
  return [...found.values()];
}

function readLine(line: number, rule: string): RouteLine {
  const [, domain, written, digits] =
    /^(\*|[a-z0-9.-]+)\s*=\s*(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})$/i.exec(rule) ?? [];
  const port = Number(digits);
  if (!domain || !written || port < 1 || port > 65_535) {
    throw refusal(
      line,
      rule,
      'it is not a route. Write one as "domain = host:port" or "* = host:port"',
    );
  }
  if (domain !== '*' && !NAME.test(domain)) throw refusal(line, rule, `${domain} is not a domain`);
  const host = written.replace(/^\[|\]$/g, '').toLowerCase();
  if (!isHost(host, written.startsWith('['))) {
    throw refusal(line, rule, `${written} is neither a host name nor an address`);
  }
  if (NOWHERE.has(host)) throw refusal(line, rule, `${host} is no place to connect to`);
  return { line, rule, domain: domain.toLowerCase(), host, port };
}

/** A name whose last label is all digits would be read as a part of an address (RFC 3696 §2). */
function isHost(host: string, isBracketed: boolean): boolean {
  if (isBracketed) return isIP(host) === 6;
  return isIP(host) === 4 || (NAME.test(host) && !/(^|\.)\d+$/.test(host));
}

function refusal(line: number, rule: string, why: string): Error {
  return new Error(`Routes file, line ${line}: "${rule}": ${why}.`);
}

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})*$`, 'i');
/** "Any address of this machine": something to listen at, not to connect to. */
const NOWHERE = new Set(['0.0.0.0', '::']);
