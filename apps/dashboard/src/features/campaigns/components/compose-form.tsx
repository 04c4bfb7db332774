'use client';
/** Composes a campaign on one page: content, audience, From, when; beside it the checklist that decides. */
import { Alert, Card, Facts, SelectField, TextField, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { STYLES } from '#format/time.tsx';
import { useErrorText } from '#shell/error-text.ts';
import { ForecastCard } from '#shell/forecast-card.tsx';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';
import type { ComposeOptions } from '../queries/compose-options.ts';
import { ChecklistPanel } from './checklist-panel.tsx';
import { CampaignGroupHours } from './group-hours.tsx';
import { ModeFields } from './mode-fields.tsx';
import { ScheduleButton } from './schedule-button.tsx';
import { StartFields } from './start-fields.tsx';
import { type SaveStatus, type SetDraft, useDraft } from './use-draft.ts';
import { WindowFields } from './window-fields.tsx';

export function ComposeForm({ id, initial, firstCheck, options, zone }: ComposeFormProps) {
  const t = useTranslations('campaigns.compose');
  const { form, set, check, status } = useDraft(id, initial, firstCheck);
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <Card title={t('stepContent')}>
          <div className="flex flex-col gap-4">
            <TextField
              field={{ label: t('name'), hint: t('nameHint'), isRequired: true }}
              value={form.name}
              maxLength={200}
              onChange={(event) => set({ name: event.target.value })}
            />
            <TemplateField form={form} set={set} options={options} />
          </div>
        </Card>
        <Card title={t('stepAudience')}>
          <AudienceField form={form} set={set} options={options} check={check} />
        </Card>
        <Card title={t('stepMode')}>
          <ModeFields form={form} set={set} check={check} />
        </Card>
        <Card title={t('stepFrom')}>
          <FromFields form={form} set={set} options={options} />
        </Card>
        <Card title={t('stepWhen')}>
          <div className="flex flex-col gap-6">
            <StartFields form={form} set={set} adjusted={check.adjusted} />
            <WindowFields form={form} set={set} tenantWindow={options.tenantWindow} />
            <CampaignGroupHours
              form={form}
              set={set}
              groups={options.groups}
              windows={check.windows}
            />
          </div>
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-6">
        <ChecklistPanel
          check={check}
          isRefreshing={status.kind === 'saving'}
          window={form}
          groups={options.groups}
          zone={form.zone}
        />
        {check.forecast && <ForecastCard forecast={check.forecast} zone={form.zone} of="draft" />}
        <ScheduleButton id={id} form={form} check={check} isSaving={status.kind === 'saving'} />
        <SaveNote status={status} zone={zone} />
      </div>
    </div>
  );
}

function TemplateField({ form, set, options }: SectionProps) {
  const t = useTranslations('campaigns.compose');
  const chosen = options.templates.find(({ id }) => id === form.templateId);
  if (options.templates.length === 0)
    return (
      <Alert tone="warn" isStill>
        {t('noTemplates')} <TextLink href="/templates/new">{t('makeTemplate')}</TextLink>
      </Alert>
    );
  return (
    <SelectField
      field={{
        label: t('template'),
        isRequired: true,
        hint: chosen && (
          <>
            {chosen.subject}{' '}
            <TextLink href={editorPath(chosen.id, form.mode)} target="_blank" prefetch={false}>
              {t('editTemplate')}
            </TextLink>
          </>
        ),
      }}
      value={form.templateId ?? ''}
      onChange={(event) => set({ templateId: event.target.value || null })}
    >
      <option value="">{t('chooseTemplate')}</option>
      {options.templates.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** Opens with the preview of the mode that is chosen here. */
function editorPath(id: string, mode: DraftForm['mode']): string {
  return `/templates/${id}${mode === 'bulk' ? '?mode=bulk' : ''}`;
}

function AudienceField({ form, set, options, check }: SectionProps & { check: CampaignCheck }) {
  const t = useTranslations('campaigns.compose');
  const format = useFormatter();
  if (options.lists.length === 0)
    return (
      <Alert tone="warn" isStill>
        {t('noLists')} <TextLink href="/lists">{t('makeList')}</TextLink>
      </Alert>
    );
  const { membersTotal, recipients } = check.exclusions;
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        field={{
          label: t('list'),
          isRequired: true,
          hint: membersTotal > 0 && t('audience', { members: membersTotal, recipients }),
        }}
        value={form.listId ?? ''}
        onChange={(event) => set({ listId: event.target.value || null })}
      >
        <option value="">{t('chooseList')}</option>
        {options.lists.map(({ id, name, count }) => (
          <option key={id} value={id}>
            {t('listOption', { name, count })}
          </option>
        ))}
      </SelectField>
      {check.destinations.length > 0 && (
        <Facts
          items={check.destinations.slice(0, 5).map(({ domain, count }) => ({
            key: domain,
            label: domain,
            value: <span className="tabular-nums">{format.number(count)}</span>,
          }))}
        />
      )}
    </div>
  );
}

function FromFields({ form, set, options }: SectionProps) {
  const t = useTranslations('campaigns.compose');
  if (options.domains.length === 0)
    return (
      <Alert tone="warn" isStill>
        {t('noDomain')}
      </Alert>
    );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        field={{ label: t('fromName'), hint: t('fromNameHint') }}
        value={form.fromName}
        maxLength={200}
        onChange={(event) => set({ fromName: event.target.value })}
      />
      <TextField
        field={{
          label: t('fromEmail'),
          hint: t('fromEmailHint', { domains: options.domains.join(', ') }),
          isRequired: true,
        }}
        type="email"
        value={form.fromEmail}
        onChange={(event) => set({ fromEmail: event.target.value.trim() })}
      />
    </div>
  );
}

function SaveNote({ status, zone }: { status: SaveStatus; zone: string }) {
  const t = useTranslations('campaigns.compose');
  const format = useFormatter();
  const errorText = useErrorText();
  if (status.kind === 'failed')
    return (
      <Alert tone="bad" title={t('saveFailed')}>
        {errorText(status.code)}
      </Alert>
    );
  return (
    <p role="status" className="px-1 text-[0.8125rem] text-ink-muted">
      {status.kind === 'saving' && t('saving')}
      {status.kind === 'idle' && t('autosave')}
      {status.kind === 'saved' &&
        t('saved', {
          time: format.dateTime(status.atMs, {
            ...STYLES.clock,
            second: '2-digit',
            timeZone: zone,
          }),
        })}
    </p>
  );
}

interface SectionProps {
  form: DraftForm;
  set: SetDraft;
  options: ComposeOptions;
}

export interface ComposeFormProps {
  id: string;
  initial: DraftForm;
  firstCheck: CampaignCheck;
  options: ComposeOptions;
  /** The tenant's: for the time at which it was saved. */
  zone: string;
}
