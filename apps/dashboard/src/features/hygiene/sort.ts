/** By what the table of tenants is ordered; the default first. */
import type { TenantRisk } from '@hikyaku/db';

const down = (pick: (tenant: TenantRisk) => number) => (a: TenantRisk, b: TenantRisk) =>
  pick(b) - pick(a) || a.name.localeCompare(b.name);

export const SORTS = {
  risk: down((tenant) => tenant.risk),
  name: (a: TenantRisk, b: TenantRisk) => a.name.localeCompare(b.name),
  accepted: down((tenant) => tenant.accepted),
  hardBounced: down((tenant) => tenant.hardShare ?? 0),
  unknownUsers: down((tenant) => tenant.unknownUsers),
  blocked: down((tenant) => tenant.blockShare ?? 0),
  quarantined: down((tenant) => tenant.quarantined),
  trend: down((tenant) => tenant.trend ?? Number.NEGATIVE_INFINITY),
};

export type Sort = keyof typeof SORTS;

export function isSort(value: string): value is Sort {
  return Object.hasOwn(SORTS, value);
}
