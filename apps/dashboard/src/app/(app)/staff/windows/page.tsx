import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GroupsCard } from '#features/staff/components/groups-card.tsx';
import { WindowsForm } from '#features/staff/components/windows-form.tsx';
import { readWindows } from '#features/staff/queries/read-windows.ts';
import { zonesWith } from '#format/zones.ts';
import { requireStaff } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('windows.title') };
}

export default async function WindowsPage() {
  const { windows, groups } = await readWindows(await requireStaff());
  const t = await getTranslations('staff.windows');
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <div className="flex flex-col gap-5">
        <WindowsForm windows={windows} groups={groups} zones={zonesWith(windows.window.zone)} />
        <GroupsCard groups={groups} />
      </div>
    </>
  );
}
