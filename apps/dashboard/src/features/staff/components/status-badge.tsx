import { Badge } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function StatusBadge({ status }: { status: 'active' | 'suspended' }) {
  const t = useTranslations('staff.statuses');
  return <Badge tone={status === 'active' ? 'good' : 'bad'}>{t(status)}</Badge>;
}
