/** Where one can go. The label of an item is `shell.nav.<key>`. */
import type { IconName } from '@hikyaku/ui';

export interface NavItem {
  key:
    | 'home'
    | 'campaigns'
    | 'reports'
    | 'templates'
    | 'lists'
    | 'suppressions'
    | 'hygiene'
    | 'settings'
    | 'tenants'
    | 'quarantine'
    | 'sending'
    | 'destinations'
    | 'windows'
    | 'audit';
  href: string;
  icon: IconName;
}

export const TENANT_NAV: readonly NavItem[] = [
  { key: 'home', href: '/', icon: 'home' },
  { key: 'campaigns', href: '/campaigns', icon: 'mail' },
  { key: 'reports', href: '/reports', icon: 'chart' },
  { key: 'templates', href: '/templates', icon: 'pencil' },
  { key: 'lists', href: '/lists', icon: 'people' },
  { key: 'suppressions', href: '/suppressions', icon: 'block' },
  { key: 'hygiene', href: '/hygiene', icon: 'check' },
  { key: 'settings', href: '/settings', icon: 'sliders' },
];

export const STAFF_NAV: readonly NavItem[] = [
  { key: 'tenants', href: '/staff/tenants', icon: 'people' },
  { key: 'quarantine', href: '/staff/quarantine', icon: 'block' },
  { key: 'sending', href: '/staff/sending', icon: 'mail' },
  { key: 'destinations', href: '/staff/destinations', icon: 'chart' },
  { key: 'windows', href: '/staff/windows', icon: 'sliders' },
  { key: 'audit', href: '/staff/audit', icon: 'clock' },
];

/** Is `path` within the section that begins at `href`? */
export function isWithin(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
