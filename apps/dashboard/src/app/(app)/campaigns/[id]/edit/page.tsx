import { PageHeader } from '@hikyaku/ui';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ComposeForm } from '#features/campaigns/components/compose-form.tsx';
import { DeleteDraft } from '#features/campaigns/components/delete-draft.tsx';
import { StateBadge } from '#features/campaigns/components/state-badge.tsx';
import { loadDraft } from '#features/campaigns/queries/load-draft.ts';
import { requireTenant } from '#server/context.ts';
import type { PageInput } from '#server/page.ts';

export default async function ComposePage({ params }: PageInput<'id'>) {
  const { run, tenant } = await requireTenant('editor');
  const { id } = await params;
  const t = await getTranslations('campaigns');
  const draft = await run((scope) => loadDraft(scope, id, Date.now()));
  if (!draft) notFound();
  if (draft.state !== 'draft') redirect(`/campaigns/${id}`);
  return (
    <>
      <PageHeader
        title={t('compose.title')}
        crumbs={[{ href: '/campaigns', label: t('title') }]}
        crumbsLabel={t('crumbs')}
        badge={<StateBadge state="draft" />}
        actions={<DeleteDraft id={id} />}
      />
      <ComposeForm
        id={id}
        initial={draft.form}
        firstCheck={draft.check}
        options={draft.options}
        zone={tenant.zone}
      />
    </>
  );
}
