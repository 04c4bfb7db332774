/** What the database knows of destinations: overrides by staff, and what was learned. The rest comes with the product. */
import { type SiteProfileValues, siteProfileValuesSchema } from '@hikyaku/contracts';
import { plane } from '../scope/plane.ts';
import type { StaffScope } from '../scope/scopes.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

/**
 * What is stored of these sites, one entry a site, in their order. What has expired is left out. For `profileOf` of
 * packages/replies: it takes `staffOverride` as it is, and those of `learned` whose source is the session's.
 */
export async function readSiteProfiles(
  scope: WorkerScope | StaffScope,
  sites: readonly string[],
): Promise<StoredSiteProfile[]> {
  const [overrides, learned] = await readRows(scope, [...sites]);
  const bySite = new Map(overrides.map((row) => [row.site, row]));
  return sites.map((site) => {
    const row = bySite.get(site);
    const { values, fault } = row ? valuesOf(row) : { values: {}, fault: null };
    return {
      site,
      isPausedByStaff: row?.is_paused_by_staff ?? false,
      staffOverride:
        row && Object.keys(values).length > 0
          ? { values, reason: row.reason, atMs: row.updated_at.getTime(), by: row.updated_by }
          : null,
      overrideFault: fault,
      learned: learned.filter((field) => field.site === site).flatMap(learnedOf),
    };
  });
}

/** Overrides that do not parse, whoever wrote them past setSiteOverride: they bind nothing until staff set them anew. */
export async function findBrokenOverrides(
  scope: WorkerScope | StaffScope,
): Promise<{ site: string; fault: string }[]> {
  const rows =
    scope[plane] === 'worker'
      ? (await scope.query<{ site: string }>('select site from site_profile order by site')).rows
      : await scope.sql<{ site: string }>`select site from site_profile order by site`;
  const profiles = await readSiteProfiles(
    scope,
    rows.map(({ site }) => site),
  );
  return profiles.flatMap(({ site, overrideFault: fault }) => (fault ? [{ site, fault }] : []));
}

/**
 * Writes what was learned, the newest last. Idempotent: the same field of the same host and source is replaced.
 * `site_learned` holds no secret and no person; whoever learned it is the source's worker.
 */
export async function saveLearned(
  scope: WorkerScope,
  { site, source, fields }: { site: string; source: string; fields: readonly LearnedSiteField[] },
): Promise<void> {
  // One statement may touch a row once: the last word of a field is what counts.
  const last = new Map(fields.map((field) => [`${field.mxHost ?? ''} ${field.field}`, field]));
  if (last.size === 0) return;
  const rows = [...last.values()];
  await scope.query(
    `insert into site_learned (site, source, mx_host, field, value, reason, learned_at, expires_at)
     select $1, $2, mx_host, field, value::jsonb, reason, learned_at, expires_at
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
         as t(mx_host, field, value, reason, learned_at, expires_at)
     on conflict (site, source, mx_host, field) do update
        set value = excluded.value, reason = excluded.reason,
            learned_at = excluded.learned_at, expires_at = excluded.expires_at`,
    [
      site,
      source,
      rows.map(({ mxHost }) => mxHost ?? ''),
      rows.map(({ field }) => field),
      rows.map(({ value }) => JSON.stringify(value)),
      rows.map(({ reason }) => reason.slice(0, 500)),
      rows.map(({ atMs }) => new Date(atMs)),
      rows.map(({ expiresAtMs }) => new Date(expiresAtMs)),
    ],
  );
}

async function readRows(
  scope: WorkerScope | StaffScope,
  sites: string[],
): Promise<[OverrideRow[], LearnedRow[]]> {
  if (scope[plane] === 'worker') {
    const overrides = await scope.query<OverrideRow>(
      `select site, sessions_max, recipients_max, transactions_max, quirks, is_paused_by_staff, reason, updated_at, updated_by
         from site_profile where site = any($1::text[])`,
      [sites],
    );
    const learned = await scope.query<LearnedRow>(
      `select site, source, mx_host, field, value, reason, learned_at, expires_at
         from site_learned where site = any($1::text[]) and expires_at > now()
        order by learned_at, site, source, mx_host, field`,
      [sites],
    );
    return [overrides.rows, learned.rows];
  }
  const overrides = await scope.sql<OverrideRow>`
    select site, sessions_max, recipients_max, transactions_max, quirks, is_paused_by_staff, reason, updated_at, updated_by
      from site_profile where site = any(${sites}::text[])`;
  const learned = await scope.sql<LearnedRow>`
    select site, source, mx_host, field, value, reason, learned_at, expires_at
      from site_learned where site = any(${sites}::text[]) and expires_at > now()
     order by learned_at, site, source, mx_host, field`;
  return [overrides, learned];
}

/** Whole or not at all: half of an override is something that nobody decided. `fault` is then said aloud by who reads. */
function valuesOf(row: OverrideRow): { values: SiteProfileValues; fault: string | null } {
  const limits = {
    sessionsMax: row.sessions_max,
    recipientsMax: row.recipients_max,
    transactionsMax: row.transactions_max,
  };
  // A column without a value says nothing; "no limit" cannot be told from it, and is not staff's to say here.
  const set = Object.entries(limits).filter(([, value]) => value !== null);
  const parsed = siteProfileValuesSchema.safeParse({ ...Object.fromEntries(set), ...row.quirks });
  if (parsed.success) return { values: parsed.data, fault: null };
  const faults = parsed.error.issues.map(({ path, message }) =>
    `${path.join('.')} ${message}`.trim(),
  );
  return { values: {}, fault: faults.join('; ') };
}

function learnedOf(row: LearnedRow): (LearnedSiteField & { source: string })[] {
  if (!isKnown([row.field, row.value])) return [];
  const { source, value, reason } = row;
  return [
    {
      source,
      field: row.field as LearnedSiteField['field'],
      value: value as LearnedSiteField['value'],
      mxHost: row.mx_host === '' ? null : row.mx_host,
      reason,
      atMs: row.learned_at.getTime(),
      expiresAtMs: row.expires_at.getTime(),
    },
  ];
}

function isKnown([field, value]: [string, unknown]): boolean {
  return siteProfileValuesSchema.safeParse({ [field]: value }).success;
}

/** A field of a destination's profile with the value that was learned; `mxHost` null: true of all its hosts. */
export type LearnedSiteField = {
  field: keyof SiteProfileValues;
  value: number | boolean | readonly string[] | readonly number[] | null;
  mxHost: string | null;
  reason: string;
  atMs: number;
  expiresAtMs: number;
};

export type StoredSiteProfile = {
  site: string;
  isPausedByStaff: boolean;
  staffOverride: {
    values: SiteProfileValues;
    reason: string;
    atMs: number;
    /** The member of staff. */
    by: string | null;
  } | null;
  /** Why the stored override does not parse and binds nothing; null when all is well. */
  overrideFault: string | null;
  learned: (LearnedSiteField & { source: string })[];
};

type OverrideRow = {
  site: string;
  sessions_max: number | null;
  recipients_max: number | null;
  transactions_max: number | null;
  quirks: Record<string, unknown>;
  is_paused_by_staff: boolean;
  reason: string;
  updated_at: Date;
  updated_by: string | null;
};
type LearnedRow = {
  site: string;
  source: string;
  mx_host: string;
  field: string;
  value: unknown;
  reason: string;
  learned_at: Date;
  expires_at: Date;
};
