/** What the directory found, in the core's words; and the hosts of each site, for whoever connects. */
import type { Destination as CoreDestination } from '@hikyaku/delivery';
import type { Destination, MxHost } from '../destinations/directory.ts';

export interface SiteBook {
  destinationOf(domain: string, found: Destination): CoreDestination;
  /** The preferred first; empty for a site that was never found. */
  hostsOf(site: string): readonly MxHost[];
}

export function createSiteBook(): SiteBook {
  const hosts = new Map<string, readonly MxHost[]>();
  const known = new WeakMap<Destination, CoreDestination>();

  const translate = (found: Destination): CoreDestination => {
    // The text and code of a domain that takes no mail travel along to the log.
    if (!found.ok) return { ...found, kind: found.permanence, group: '' };
    return { kind: 'site', site: found.site, hosts: found.hosts.length, group: '', profile: {} };
  };

  return {
    destinationOf(_domain, found) {
      if (found.ok) hosts.set(found.site, found.hosts);
      const destination = known.get(found) ?? translate(found);
      known.set(found, destination);
      return destination;
    },
    hostsOf: (site) => hosts.get(site) ?? [],
  };
}
