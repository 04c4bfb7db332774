import { Alert, PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LanesCard } from '#features/staff/components/lanes-card.tsx';
import { StopsCard } from '#features/staff/components/stops-card.tsx';
import { readSending } from '#features/staff/queries/read-sending.ts';
import { requireStaff } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('sending') };
}

export default async function SendingPage() {
  const { stops, lanes, broken } = await readSending(await requireStaff());
  const t = await getTranslations('staff');
  return (
    <>
      <PageHeader title={t('sending')} description={t('sendingText')} />
      <div className="flex flex-col gap-5">
        {broken.map(({ site, fault }) => (
          <Alert key={site} tone="warn" title={t('brokenOverride', { site })} isStill>
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{fault}</span>
          </Alert>
        ))}
        <StopsCard stops={stops} />
        <LanesCard lanes={lanes} />
      </div>
    </>
  );
}
