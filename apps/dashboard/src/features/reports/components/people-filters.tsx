/** The filter as a plain GET form: it works without scripts, and its state is the address. */
import { Button, Input, LinkButton, Select } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { isFiltered, type PeopleFilter, STATES } from '../people-filter.ts';
import { useCategoryText } from '../report-text.ts';

export function PeopleFilters({ campaignId, filter, domains, categories }: PeopleFiltersProps) {
  const t = useTranslations('reports');
  const categoryText = useCategoryText();
  const action = `/campaigns/${campaignId}/people`;
  return (
    <search aria-label={t('people.filters')}>
      <form
        method="get"
        action={action}
        className="grid items-end gap-3 border-b border-line px-5 py-4 sm:grid-cols-2 lg:grid-cols-[1.4fr_1fr_1fr_1fr_auto]"
      >
        <Labelled label={t('people.address')}>
          <Input type="search" name="search" defaultValue={filter.search} />
        </Labelled>
        <Labelled label={t('people.stateFilter')}>
          <Select name="state" defaultValue={filter.state ?? ''}>
            <option value="">{t('people.any')}</option>
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`stateShort.${state}`)}
              </option>
            ))}
          </Select>
        </Labelled>
        <Labelled label={t('people.destination')}>
          <Select name="domain" defaultValue={filter.domain ?? ''}>
            <option value="">{t('people.any')}</option>
            {withChosen(domains, filter.domain).map((domain) => (
              <option key={domain}>{domain}</option>
            ))}
          </Select>
        </Labelled>
        <Labelled label={t('people.category')}>
          <Select name="category" defaultValue={filter.category ?? ''}>
            <option value="">{t('people.any')}</option>
            {withChosen(categories, filter.category).map((category) => (
              <option key={category} value={category}>
                {categoryText(category)}
              </option>
            ))}
          </Select>
        </Labelled>
        {filter.code != null && <input type="hidden" name="code" value={filter.code} />}
        {filter.enhanced != null && <input type="hidden" name="enhanced" value={filter.enhanced} />}
        <div className="flex gap-2">
          <Button type="submit" icon="search">
            {t('people.apply')}
          </Button>
          {isFiltered(filter) && (
            <LinkButton href={action} variant="quiet">
              {t('people.clear')}
            </LinkButton>
          )}
        </div>
      </form>
    </search>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="flex min-w-0 flex-col gap-1 text-xs text-ink-muted">
      {label}
      {children}
    </label>
  );
}

function withChosen(values: readonly string[], chosen: string | null | undefined): string[] {
  return chosen && !values.includes(chosen) ? [chosen, ...values] : [...values];
}

export interface PeopleFiltersProps {
  campaignId: string;
  filter: PeopleFilter;
  domains: readonly string[];
  categories: readonly string[];
}
