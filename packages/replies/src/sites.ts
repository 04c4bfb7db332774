/** Groups of destinations that answer alike, recognised by the domain or by the MX host. Data. */

/** The group of a destination, or null. `site`: its domain; `mx`: the host that answered, if known. */
export function siteGroupOf(site: string, mx?: string | null): SiteGroup | null {
  const key = mx ? `${site} ${mx}` : site;
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  const group = look(plainName(site), plainName(mx ?? ''));
  // Bounded: destinations come from lists.
  if (KNOWN.size > 50_000) KNOWN.clear();
  KNOWN.set(key, group);
  return group;
}

/** Lower case, without the dot of the root. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function look(site: string, mx: string): SiteGroup | null {
  for (const { group, domains } of SITE_GROUPS)
    if (domains.some((domain) => isUnder(site, domain))) return group;
  if (mx === '') return null;
  for (const { group, mxHosts } of SITE_GROUPS)
    if (mxHosts.some((host) => isUnder(mx, host))) return group;
  return null;
}

/** `hotmail.*` matches hotmail.com and hotmail.co.jp; anything else itself and what lies under it. */
function isUnder(name: string, pattern: string): boolean {
  if (pattern.endsWith('.*')) return name.startsWith(pattern.slice(0, -1));
  return name === pattern || name.endsWith(`.${pattern}`);
}

/** In order: yahoo.co.jp is its own company and comes before yahoo.*. */
export const SITE_GROUPS: readonly SiteGroupDefinition[] = [
  { group: 'docomo', domains: ['docomo.ne.jp'], mxHosts: ['docomo.ne.jp'] },
  {
    group: 'au',
    domains: ['ezweb.ne.jp', 'au.com', 'uqmobile.jp'],
    mxHosts: ['ezweb.ne.jp', 'au.com'],
  },
  {
    group: 'softbank',
    domains: ['softbank.ne.jp', 'i.softbank.jp', 'vodafone.ne.jp', 'disney.ne.jp', 'ymobile.ne.jp'],
    mxHosts: ['softbank.ne.jp', 'softbank.jp'],
  },
  { group: 'yahoo-japan', domains: ['yahoo.co.jp', 'ybb.ne.jp'], mxHosts: ['yahoo.co.jp'] },
  {
    group: 'gmail',
    domains: ['gmail.com', 'googlemail.com'],
    mxHosts: ['google.com', 'googlemail.com'],
  },
  {
    group: 'outlook',
    domains: ['outlook.*', 'hotmail.*', 'live.*', 'msn.com', 'windowslive.com'],
    mxHosts: ['protection.outlook.com', 'mx.microsoft'],
  },
  {
    group: 'yahoo',
    domains: ['yahoo.*', 'ymail.com', 'rocketmail.com', 'aol.*', 'aim.com', 'verizon.net'],
    mxHosts: ['yahoodns.net'],
  },
  {
    group: 'icloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mxHosts: ['icloud.com'],
  },
  {
    group: 'orange',
    domains: ['orange.fr', 'wanadoo.fr', 'laposte.net'],
    mxHosts: ['orange.fr', 'laposte.net'],
  },
  { group: 'cox', domains: ['cox.net'], mxHosts: ['cox.net'] },
];

const KNOWN = new Map<string, SiteGroup | null>();

export type SiteGroup =
  | 'docomo'
  | 'au'
  | 'softbank'
  | 'yahoo-japan'
  | 'gmail'
  | 'outlook'
  | 'yahoo'
  | 'icloud'
  | 'orange'
  | 'cox';
export type SiteGroupDefinition = { group: SiteGroup; domains: string[]; mxHosts: string[] };
