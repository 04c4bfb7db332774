import { PageHeader, Tabs } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

/** The head of both pages of the settings. */
export function SettingsHead({ tab }: { tab: 'tenant' | 'members' }) {
  const t = useTranslations('settings');
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        label={t('tabs')}
        current={tab}
        items={[
          { key: 'tenant', href: '/settings', label: t('tenantTab') },
          { key: 'members', href: '/settings/members', label: t('membersTab') },
        ]}
      />
    </>
  );
}
