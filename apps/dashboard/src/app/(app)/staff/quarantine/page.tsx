import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BlocksCard, FloorsCard } from '#features/hygiene/components/blocks-card.tsx';
import { readBlocks } from '#features/hygiene/queries/staff-hygiene.ts';
import { requireStaff } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('hygiene'))('review') };
}

export default async function QuarantinePage() {
  const { blocks, floors } = await readBlocks(await requireStaff());
  const t = await getTranslations('hygiene');
  return (
    <>
      <PageHeader title={t('review')} description={t('reviewText')} />
      <div className="flex flex-col gap-5">
        <BlocksCard blocks={blocks} />
        <FloorsCard floors={floors} />
      </div>
    </>
  );
}
