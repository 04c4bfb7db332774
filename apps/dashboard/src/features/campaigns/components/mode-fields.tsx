'use client';
/** One-to-one or bulk, with what each costs for this content and this list, before it is chosen. */
import { ChoiceGroup, Radio } from '@hikyaku/ui';
import clsx from 'clsx';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '#format/size.ts';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';
import type { ModeCosts } from '../queries/mode-costs.ts';
import type { SetDraft } from './use-draft.ts';

export function ModeFields({ form, set, check }: ModeFieldsProps) {
  const t = useTranslations('campaigns.compose');
  const { recipientFields, costs } = check;
  const isRefused = recipientFields.length > 0;
  const isBulk = form.mode === 'bulk';
  const refusal = isRefused && t('bulkRefused', { fields: recipientFields.join(', ') });
  return (
    <div className="flex flex-col gap-4">
      <ChoiceGroup legend={t('mode')} error={isBulk && refusal}>
        <Radio
          name="mode"
          label={t('one_to_one')}
          hint={t('oneToOneHint')}
          checked={!isBulk}
          onChange={() => set({ mode: 'one_to_one' })}
        />
        <Radio
          name="mode"
          label={t('bulk')}
          hint={(!isBulk && refusal) || t('bulkHint')}
          checked={isBulk}
          // Whoever has chosen it sees what is wrong, and can choose the other.
          disabled={isRefused && !isBulk}
          className={clsx(isRefused && !isBulk && 'cursor-not-allowed text-ink-muted')}
          onChange={() => set({ mode: 'bulk' })}
        />
      </ChoiceGroup>
      {costs ? (
        <CostTable costs={costs} chosen={form.mode} />
      ) : (
        <p className="text-[0.8125rem] text-ink-muted">{t('costUnknown')}</p>
      )}
    </div>
  );
}

function CostTable({ costs, chosen }: { costs: ModeCosts; chosen: DraftForm['mode'] }) {
  const t = useTranslations('campaigns.compose');
  const format = useFormatter();
  const locale = useLocale();
  const rows = {
    bytes: (mode: DraftForm['mode']) => formatBytes(costs[mode].bytes, locale),
    transactions: (mode: DraftForm['mode']) => format.number(costs[mode].transactions),
    roundTrips: (mode: DraftForm['mode']) => format.number(costs[mode].roundTrips),
  };
  const look = (mode: DraftForm['mode']) =>
    clsx(
      'py-1.5 pl-3 text-right tabular-nums',
      mode === chosen ? 'font-medium text-accent-ink' : 'font-normal',
    );
  return (
    <div>
      <table className="w-full max-w-md border-collapse text-sm">
        <caption className="mb-1.5 text-left text-sm font-medium">
          {t('cost', { count: costs.bulk.recipients })}
        </caption>
        <thead>
          <tr className="border-b border-line text-xs">
            <td />
            {MODES.map((mode) => (
              <th key={mode} scope="col" className={look(mode)}>
                {t(mode)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row} className="border-b border-line last:border-b-0">
              <th scope="row" className="py-1.5 text-left font-normal text-ink-muted">
                {t(`costRow.${row}`)}
              </th>
              {MODES.map((mode) => (
                <td key={mode} className={look(mode)}>
                  {rows[row](mode)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1.5 text-[0.8125rem] text-ink-muted">{t('costNote')}</p>
    </div>
  );
}

const MODES = ['one_to_one', 'bulk'] as const;
const ROWS = ['bytes', 'transactions', 'roundTrips'] as const;

export interface ModeFieldsProps {
  form: DraftForm;
  set: SetDraft;
  check: CampaignCheck;
}
