/**
 * What is known of destinations, in the core's words: where the directory leads, which group's windows bind, and the
 * profile that came with the product, was learned, or was set by staff. Kept for a while; `refresh` looks again.
 */
import { type DestinationGroup, groupOf } from '@hikyaku/campaigns';
import type { StoredSiteProfile } from '@hikyaku/db';
import {
  type LearnedSiteField,
  readDestinationGroups,
  readSiteProfiles,
  saveLearned,
} from '@hikyaku/db/worker';
import type { Destination as CoreDestination, LearnedLimits, SiteProfile } from '@hikyaku/delivery';
import { learnFrom, type Profile, profileOf } from '@hikyaku/replies';
import type { Quirks } from '@hikyaku/smtp';
import type { Destination, MxHost } from '../destinations/directory.ts';
import type { LoopDeps } from './lanes.ts';

type Found = Extract<Destination, { ok: true }>;

export interface SiteBook {
  /** Makes ready what is stored of these domains and their sites; one statement for those that are new or stale. */
  load(found: ReadonlyMap<string, Destination>): Promise<void>;
  /** Key of the destination group. */
  groupOf(domain: string): string;
  destinationOf(domain: string, found: Destination, source: string): CoreDestination;
  /** The preferred first; empty for a site that was never found. */
  hostsOf(site: string): readonly MxHost[];
  /** Of one host of a site, for sessions from one source. */
  profileOf(site: string, source: string, mxHost: string): Profile;
  /** An extension that is offered and breaks is left alone for a while, also by the next worker. */
  learnBroken(site: string, source: string, broken: Broken): void;
  saveLimits(site: string, source: string, learned: LearnedLimits): void;
  /** Something was changed by staff: it is read again with the next rows. */
  refresh(): void;
  /** What is known now of sites that stand, read anew, in the order asked; those that were never met are left out. */
  readAgain(
    pools: readonly { site: string; source: string }[],
  ): Promise<{ site: string; source: string; destination: CoreDestination }[]>;
}

type Broken = { extension: 'STARTTLS' | 'PIPELINING'; mxHost: string; detail: string };

const KEEP_MS = 30_000;
const KEPT_MAX = 100_000;

export function createSiteBook({
  scope,
  logger,
  clock,
}: Pick<LoopDeps, 'scope' | 'logger' | 'clock'>): SiteBook {
  const stored = new Map<string, { entry: StoredSiteProfile; untilMs: number }>();
  const sites = new Map<string, { domain: string; hosts: readonly MxHost[] }>();
  /** Answers by domain and source, as long as nothing of them changed. */
  const answers = new Map<string, { found: Destination; destination: CoreDestination }>();
  let groups: DestinationGroup[] = [];
  let groupsUntilMs = 0;

  const storedOf = (site: string, domain: string, source: string) => {
    const entries = [stored.get(site)?.entry, stored.get(domain)?.entry].filter((one) => !!one);
    return {
      staffOverride: entries.findLast((one) => one.staffOverride)?.staffOverride ?? null,
      learned: entries.flatMap((one) => one.learned).filter((one) => one.source === source),
    };
  };

  const profileAt = (site: string, domain: string, source: string, hosts: readonly string[]) => {
    const { staffOverride, learned } = storedOf(site, domain, source);
    // Limits are the core's to learn from; here they would be walls that it could never probe.
    const quirks = learned.filter(({ field }) => !LIMIT_FIELDS.has(field));
    return profileOf(domain, hosts, { staffOverride, learned: quirks }, clock.nowMs());
  };

  const translate = (domain: string, found: Found, source: string): CoreDestination => {
    const { site, hosts } = found;
    const names = hosts.map(({ name }) => name);
    const { values } = profileAt(site, domain, source, names);
    const profile: SiteProfile = {
      sessionsMax: values.sessionsMax ?? undefined,
      sessionsMaxAll: values.sessionsMaxAll ?? undefined,
      rateMax: values.rateMax ?? undefined,
      transactionsMax: values.transactionsMax ?? undefined,
      recipientsMax: values.recipientsMax ?? undefined,
      isProbeForbidden: !values.isRecipientProbeAllowed,
    };
    const learned = limitsOf(storedOf(site, domain, source).learned);
    return { kind: 'site', site, hosts: hosts.length, profile, learned };
  };

  const save = (site: string, source: string, fields: readonly LearnedSiteField[]) => {
    saveLearned(scope, { site, source, fields }).catch((error: unknown) =>
      logger.warn({ err: error, site }, 'what a site taught could not be stored'),
    );
  };

  const read = async (keys: readonly string[]) => {
    const nowMs = clock.nowMs();
    for (const entry of await readSiteProfiles(scope, keys))
      stored.set(entry.site, { entry, untilMs: nowMs + KEEP_MS });
    answers.clear();
  };

  return {
    async load(found) {
      const nowMs = clock.nowMs();
      if (nowMs >= groupsUntilMs) {
        groups = await readDestinationGroups(scope);
        groupsUntilMs = nowMs + KEEP_MS;
      }
      const keys = [...found].flatMap(([domain, one]) => (one.ok ? [domain, one.site] : []));
      const stale = [...new Set(keys)].filter((key) => !((stored.get(key)?.untilMs ?? 0) > nowMs));
      if (stale.length === 0) return;
      if (stored.size > KEPT_MAX) stored.clear();
      await read(stale);
    },
    groupOf: (domain) => groupOf(domain, groups),
    destinationOf(domain, found, source) {
      const key = `${domain}|${source}`;
      const known = answers.get(key);
      if (known && isSame(known.found, found)) return known.destination;
      if (found.ok) sites.set(found.site, { domain, hosts: found.hosts });
      // The text and code of a domain that takes no mail travel along to the log.
      const destination = found.ok
        ? translate(domain, found, source)
        : { ...found, kind: found.permanence };
      if (answers.size > KEPT_MAX) answers.clear();
      answers.set(key, { found, destination });
      return destination;
    },
    hostsOf: (site) => sites.get(site)?.hosts ?? [],
    profileOf: (site, source, mxHost) =>
      profileAt(site, sites.get(site)?.domain ?? site, source, [mxHost]),
    learnBroken(site, source, { extension, mxHost, detail }) {
      const profile = profileAt(site, sites.get(site)?.domain ?? site, source, [mxHost]);
      const seen = { kind: 'extension-broken', extension, mxHost, detail } as const;
      save(site, source, learnFrom(seen, profile, clock.nowMs()));
      const known = stored.get(site);
      if (known) known.untilMs = 0;
    },
    saveLimits(site, source, learned) {
      const kinds = [
        ['recipientsMax', learned.recipients],
        ['transactionsMax', learned.transactions],
        ['rateMax', learned.rate],
      ] as const;
      const fields = kinds.flatMap(([field, limit]) =>
        limit
          ? [
              {
                ...{ field, value: limit.value, mxHost: null, reason: limit.why },
                ...{ atMs: limit.sinceMs, expiresAtMs: limit.sinceMs + KEPT_MS[field] },
              },
            ]
          : [],
      );
      if (fields.length > 0) save(site, source, fields);
    },
    refresh() {
      groupsUntilMs = 0;
      for (const one of stored.values()) one.untilMs = 0;
    },
    async readAgain(pools) {
      const met = pools.flatMap(({ site, source }) => {
        const known = sites.get(site);
        return known ? [{ site, source, ...known }] : [];
      });
      await read([...new Set(met.flatMap(({ site, domain }) => [site, domain]))]);
      return met.map(({ site, source, domain, hosts }) => ({
        site,
        source,
        destination: translate(domain, { ok: true, site, hosts: [...hosts] }, source),
      }));
    },
  };
}

/** The quirks of a profile as the SMTP client takes them, with those that this process met itself on top. */
export function quirksOf(profile: Profile, met: Quirks): Quirks {
  return { ...profile.quirks, ...met };
}

/** How long a learned limit is remembered. A rate that was refused is tried again within the hour. */
const KEPT_MS = {
  recipientsMax: 30 * 86_400_000,
  transactionsMax: 30 * 86_400_000,
  rateMax: 3_600_000,
} as const;
const LIMIT_FIELDS: ReadonlySet<string> = new Set(Object.keys(KEPT_MS));

function limitsOf(learned: StoredSiteProfile['learned']): LearnedLimits {
  const limits: LearnedLimits = {};
  for (const { field, value, atMs, reason } of learned) {
    if (typeof value !== 'number') continue;
    const limit = { value, sinceMs: atMs, why: reason };
    if (field === 'recipientsMax') limits.recipients = limit;
    if (field === 'transactionsMax') limits.transactions = limit;
    if (field === 'rateMax') limits.rate = limit;
  }
  return limits;
}

/** A route answers with a new object each time; what it says is the same. */
function isSame(a: Destination, b: Destination): boolean {
  return a === b || (a.ok && b.ok && a.site === b.site && a.hosts.length === b.hosts.length);
}
