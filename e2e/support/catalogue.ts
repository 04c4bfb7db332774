/** The words of the screens, from the catalogues that the product shows, so that a test names what it looks for. */
import auth from '../../apps/dashboard/messages/ja/auth.json' with { type: 'json' };
import campaigns from '../../apps/dashboard/messages/ja/campaigns.json' with { type: 'json' };
import destinations from '../../apps/dashboard/messages/ja/destinations.json' with { type: 'json' };
import home from '../../apps/dashboard/messages/ja/home.json' with { type: 'json' };
import hygiene from '../../apps/dashboard/messages/ja/hygiene.json' with { type: 'json' };
import imports from '../../apps/dashboard/messages/ja/imports.json' with { type: 'json' };
import lists from '../../apps/dashboard/messages/ja/lists.json' with { type: 'json' };
import reports from '../../apps/dashboard/messages/ja/reports.json' with { type: 'json' };
import settings from '../../apps/dashboard/messages/ja/settings.json' with { type: 'json' };
import shell from '../../apps/dashboard/messages/ja/shell.json' with { type: 'json' };
import staff from '../../apps/dashboard/messages/ja/staff.json' with { type: 'json' };
import suppressions from '../../apps/dashboard/messages/ja/suppressions.json' with { type: 'json' };
import templates from '../../apps/dashboard/messages/ja/templates.json' with { type: 'json' };
import unsubscribe from '../../apps/dashboard/messages/ja/unsubscribe.json' with { type: 'json' };

export const ja = {
  auth,
  campaigns,
  destinations,
  home,
  hygiene,
  imports,
  lists,
  reports,
  settings,
  shell,
  staff,
  suppressions,
  templates,
  unsubscribe,
};

/** A text with its values filled in, numbers as the screen writes them. Throws when a value is missing. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)(?:, number)?\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`"${text}" needs ${name}`);
    return typeof value === 'number' ? number(value) : value;
  });
}

/** 1234 → `1,234`. */
export function number(value: number): string {
  return value.toLocaleString('ja-JP');
}
