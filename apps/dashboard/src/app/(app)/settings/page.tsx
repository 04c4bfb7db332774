import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DomainsCard } from '#features/settings/components/domains-card.tsx';
import { SettingsForm } from '#features/settings/components/settings-form.tsx';
import { SettingsHead } from '#features/settings/components/settings-head.tsx';
import { readSettings } from '#features/settings/queries/read-settings.ts';
import { zonesWith } from '#format/zones.ts';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsPage() {
  const context = await requireTenant();
  const { settings, domains, groups } = await readSettings(context);
  const canChange = context.has('admin') && !context.isReadOnly;
  return (
    <>
      <SettingsHead tab="tenant" />
      <div className="flex flex-col gap-5">
        <SettingsForm
          settings={settings}
          groups={groups}
          zones={zonesWith(settings.zone)}
          canChange={canChange}
        />
        <DomainsCard domains={domains} zone={settings.zone} />
      </div>
    </>
  );
}
