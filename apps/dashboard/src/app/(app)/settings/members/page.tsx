import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MembersView } from '#features/members/components/members-view.tsx';
import { listMembers } from '#features/members/queries/list-members.ts';
import { SettingsHead } from '#features/settings/components/settings-head.tsx';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function MembersPage() {
  const context = await requireTenant();
  const members = await listMembers(context);
  return (
    <>
      <SettingsHead tab="members" />
      <MembersView
        members={members}
        meId={context.user.id}
        zone={context.tenant.zone}
        canManage={context.has('owner') && !context.isReadOnly}
      />
    </>
  );
}
