/** Whose timeline it is, and the way back to the people. */
import type { DeliveryTimeline } from '@hikyaku/db';
import { TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { peopleHref } from '../people-filter.ts';

export function TimelineHead({ delivery }: { delivery: DeliveryTimeline }) {
  const t = useTranslations('reports');
  return (
    <div>
      <TextLink isQuiet href={peopleHref(delivery.campaignId, {})} className="text-[0.8125rem]">
        ← {t('tabs.people')}
      </TextLink>
      <h2 className="mt-1 text-lg font-semibold [overflow-wrap:anywhere]">{delivery.email}</h2>
    </div>
  );
}
