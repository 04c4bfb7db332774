import { PageSkeleton } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export default function Loading() {
  return <PageSkeleton label={useTranslations('shell')('loading')} />;
}
