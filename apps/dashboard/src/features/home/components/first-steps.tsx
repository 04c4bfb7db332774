/** For a tenant that has sent nothing yet: three steps, with those that are done ticked off. */
import { Card, Icon, LinkButton } from '@hikyaku/ui';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { HomeFacts } from '../queries/home-facts.ts';

export function FirstSteps({ has, mayEdit, newCampaign }: FirstStepsProps) {
  const t = useTranslations('home.start');
  const next = STEPS.find(({ key }) => !has[key])?.key;
  return (
    <Card title={t('title')} description={mayEdit ? undefined : t('viewer')}>
      <ol className="grid gap-4 sm:grid-cols-3">
        {STEPS.map(({ key, href }, index) => (
          <li
            key={key}
            className={clsx(
              'flex flex-col items-start rounded-card border p-4',
              key === next ? 'border-accent bg-accent-soft/40' : 'border-line',
            )}
          >
            <span
              className={clsx(
                'mb-2 grid size-7 place-items-center rounded-full text-[0.8125rem] font-semibold tabular-nums',
                has[key] ? 'bg-good-soft text-good-ink' : 'bg-sunken text-ink-muted',
              )}
            >
              {has[key] ? <Icon name="check" sizePx={14} /> : index + 1}
            </span>
            <h3 className="text-sm font-medium">
              {t(key)}
              {has[key] && <span className="sr-only">（{t('done')}）</span>}
            </h3>
            <p className="mt-1 mb-3 text-[0.8125rem] text-ink-muted">{t(`${key}Body`)}</p>
            {mayEdit && !has[key] && (
              <span className="mt-auto">
                {key === 'campaign' ? (
                  newCampaign
                ) : (
                  <LinkButton
                    href={href}
                    size="sm"
                    variant={key === next ? 'primary' : 'secondary'}
                  >
                    {t(`${key}Action`)}
                  </LinkButton>
                )}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

export interface FirstStepsProps {
  has: HomeFacts['has'];
  mayEdit: boolean;
  /** The button that makes a campaign. */
  newCampaign: ReactNode;
}

const STEPS = [
  { key: 'list', href: '/lists' },
  { key: 'template', href: '/templates/new' },
  { key: 'campaign', href: '' },
] as const;
