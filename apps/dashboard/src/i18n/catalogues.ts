/**
 * Every catalogue, one file per noun and language. A noun may hold `errors`: they are merged into one
 * namespace, so that any code is found by `errors.CODE` wherever it was raised.
 */
import enAuth from '../../messages/en/auth.json' with { type: 'json' };
import enCampaigns from '../../messages/en/campaigns.json' with { type: 'json' };
import enDestinations from '../../messages/en/destinations.json' with { type: 'json' };
import enHome from '../../messages/en/home.json' with { type: 'json' };
import enHygiene from '../../messages/en/hygiene.json' with { type: 'json' };
import enImports from '../../messages/en/imports.json' with { type: 'json' };
import enLists from '../../messages/en/lists.json' with { type: 'json' };
import enMembers from '../../messages/en/members.json' with { type: 'json' };
import enPeople from '../../messages/en/people.json' with { type: 'json' };
import enReports from '../../messages/en/reports.json' with { type: 'json' };
import enSettings from '../../messages/en/settings.json' with { type: 'json' };
import enShell from '../../messages/en/shell.json' with { type: 'json' };
import enStaff from '../../messages/en/staff.json' with { type: 'json' };
import enSuppressions from '../../messages/en/suppressions.json' with { type: 'json' };
import enTemplates from '../../messages/en/templates.json' with { type: 'json' };
import enUnsubscribe from '../../messages/en/unsubscribe.json' with { type: 'json' };
import jaAuth from '../../messages/ja/auth.json' with { type: 'json' };
import jaCampaigns from '../../messages/ja/campaigns.json' with { type: 'json' };
import jaDestinations from '../../messages/ja/destinations.json' with { type: 'json' };
import jaHome from '../../messages/ja/home.json' with { type: 'json' };
import jaHygiene from '../../messages/ja/hygiene.json' with { type: 'json' };
import jaImports from '../../messages/ja/imports.json' with { type: 'json' };
import jaLists from '../../messages/ja/lists.json' with { type: 'json' };
import jaMembers from '../../messages/ja/members.json' with { type: 'json' };
import jaPeople from '../../messages/ja/people.json' with { type: 'json' };
import jaReports from '../../messages/ja/reports.json' with { type: 'json' };
import jaSettings from '../../messages/ja/settings.json' with { type: 'json' };
import jaShell from '../../messages/ja/shell.json' with { type: 'json' };
import jaStaff from '../../messages/ja/staff.json' with { type: 'json' };
import jaSuppressions from '../../messages/ja/suppressions.json' with { type: 'json' };
import jaTemplates from '../../messages/ja/templates.json' with { type: 'json' };
import jaUnsubscribe from '../../messages/ja/unsubscribe.json' with { type: 'json' };

const ja = {
  shell: jaShell,
  auth: jaAuth,
  home: jaHome,
  hygiene: jaHygiene,
  lists: jaLists,
  imports: jaImports,
  people: jaPeople,
  members: jaMembers,
  suppressions: jaSuppressions,
  settings: jaSettings,
  staff: jaStaff,
  templates: jaTemplates,
  campaigns: jaCampaigns,
  destinations: jaDestinations,
  reports: jaReports,
  unsubscribe: jaUnsubscribe,
};

const en = {
  shell: enShell,
  auth: enAuth,
  home: enHome,
  hygiene: enHygiene,
  lists: enLists,
  imports: enImports,
  people: enPeople,
  members: enMembers,
  suppressions: enSuppressions,
  settings: enSettings,
  staff: enStaff,
  templates: enTemplates,
  campaigns: enCampaigns,
  destinations: enDestinations,
  reports: enReports,
  unsubscribe: enUnsubscribe,
};

export type Catalogue = typeof ja;

const withErrors = (nouns: Record<string, object>) => ({
  ...nouns,
  errors: Object.assign({}, ...Object.values(nouns).map((n) => (n as { errors?: object }).errors)),
});

export const catalogues = { ja: withErrors(ja), en: withErrors(en) };
