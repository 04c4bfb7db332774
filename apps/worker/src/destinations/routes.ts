/**
 * Routes: `domain or * = host:port`, a line each, `#` comments. A route wins over DNS; without DELIVER_TO_INTERNET there
 * is nothing but routes, so that no mail leaves the machine by accident.
 */

export interface Route {
  host: string;
  port: number;
}

export type RouteTable = (domain: string) => Route | undefined;

/** Throws an Error that names the line that does not parse. */
export function parseRoutes(text: string): RouteTable {
  const routes = new Map<string, Route>();
  text.split(/\r?\n/).forEach((line, index) => {
    const rule = line.replace(/#.*$/, '').trim();
    if (rule === '') return;
    const [, domain, host, digits] =
      /^(\*|[a-z0-9.-]+)\s*=\s*(\[[0-9a-f:]+\]|[a-z0-9.-]+):(\d{1,5})$/i.exec(rule) ?? [];
    const port = Number(digits);
    if (!domain || !host || port < 1 || port > 65_535) {
      throw new Error(
        `Routes file, line ${index + 1}: "${rule}" is not a route. Write one as "domain = host:port" or "* = host:port".`,
      );
    }
    routes.set(domain.toLowerCase(), { host: host.replace(/^\[|\]$/g, ''), port });
  });
  return (domain) => routes.get(domain) ?? routes.get('*');
}
