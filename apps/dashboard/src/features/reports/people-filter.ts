/** The filter of a people page: it lives in the address, so that every number of a report is a link to those it counts. */
import { DELIVERY_STATES, type DeliveryState } from '@hikyaku/contracts';

export interface PeopleFilter {
  state?: DeliveryState | 'deferred';
  domain?: string;
  /** null: without one. */
  category?: string | null;
  code?: number | null;
  enhanced?: string | null;
  search?: string;
}

/** The address of the people of a campaign that a filter leaves. `-` stands for "none". */
export function peopleHref(campaignId: string, filter: PeopleFilter, after?: string): string {
  const params = new URLSearchParams();
  for (const key of KEYS) {
    const value = filter[key];
    if (value !== undefined && value !== '') params.set(key, value === null ? '-' : String(value));
  }
  if (after) params.set('after', after);
  const query = params.toString();
  return `/campaigns/${campaignId}/people${query && `?${query}`}`;
}

/** Reads it back; what makes no sense is left out. */
export function readPeopleFilter(
  params: Record<string, string | string[] | undefined>,
): PeopleFilter {
  const text = (key: string) => {
    const value = params[key];
    return ((Array.isArray(value) ? value[0] : value) ?? '').trim().slice(0, 320);
  };
  const orNone = (key: string) =>
    text(key) === '' ? undefined : text(key) === '-' ? null : text(key);
  const code = orNone('code');
  const state = STATES.find((name) => name === text('state'));
  return {
    state,
    domain: text('domain').toLowerCase() || undefined,
    category: orNone('category'),
    code:
      code === undefined || code === null ? code : /^\d{3}$/.test(code) ? Number(code) : undefined,
    enhanced: orNone('enhanced'),
    search: text('search') || undefined,
  };
}

/** Is anything filtered at all? */
export function isFiltered(filter: PeopleFilter): boolean {
  return KEYS.some((key) => filter[key] !== undefined);
}

export const STATES = [...DELIVERY_STATES, 'deferred'] as const;
const KEYS = ['state', 'domain', 'category', 'code', 'enhanced', 'search'] as const;
