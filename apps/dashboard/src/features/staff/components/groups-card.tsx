'use client';
/** The destination groups: their names and the domains that belong to each. */
import { OTHER_GROUP } from '@hikyaku/campaigns';
import type { NamedGroup } from '@hikyaku/db';
import { Card } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { useGroupName } from '#format/binding-text.ts';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText, FormTextarea } from '#shell/form-fields.tsx';
import { removeGroup, saveGroup } from '../actions/destination-groups.ts';

export function GroupsCard({ groups }: { groups: readonly NamedGroup[] }) {
  const t = useTranslations('staff.groups');
  const format = useFormatter();
  const groupName = useGroupName(groups);
  return (
    <Card title={t('title')} description={t('text')} actions={<GroupDialog group={null} />}>
      <ul className="flex flex-col divide-y divide-line text-sm">
        {groups.map((group) => (
          <li
            key={group.key}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
          >
            <div className="min-w-0 flex-1">
              <p className="font-medium">
                {groupName(group.key)}{' '}
                <span className="font-normal text-ink-muted">
                  {group.key === OTHER_GROUP
                    ? t('rest')
                    : t('domains', { count: format.number(group.patterns.length) })}
                </span>
              </p>
              <p className="mt-0.5 font-mono text-xs text-ink-muted [overflow-wrap:anywhere]">
                {group.patterns.join('  ')}
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              <GroupDialog group={group} />
              {group.key !== OTHER_GROUP && (
                <ActionDialog
                  label={t('remove')}
                  button={{ size: 'sm', 'aria-label': `${t('remove')}: ${groupName(group.key)}` }}
                  title={t('removeTitle', { name: groupName(group.key) })}
                  action={removeGroup}
                  values={{ key: group.key }}
                  submitLabel={t('remove')}
                  isDangerous
                >
                  <p>{t('removeText')}</p>
                  <Reason />
                </ActionDialog>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function GroupDialog({ group }: { group: NamedGroup | null }) {
  const t = useTranslations('staff.groups');
  return (
    <ActionDialog
      label={t(group ? 'edit' : 'add')}
      button={group ? { size: 'sm', 'aria-label': `${t('edit')}: ${group.key}` } : { icon: 'plus' }}
      title={t(group ? 'editTitle' : 'addTitle')}
      action={saveGroup}
      values={group ? { key: group.key } : undefined}
      submitLabel={t('save')}
    >
      {!group && (
        <FormText
          name="key"
          field={{ label: t('key'), hint: t('keyHint') }}
          placeholder="schools"
          autoFocus
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText name="nameJa" field={{ label: t('nameJa') }} defaultValue={group?.nameJa} />
        <FormText name="nameEn" field={{ label: t('nameEn') }} defaultValue={group?.nameEn} />
      </div>
      {group?.key !== OTHER_GROUP && (
        <FormTextarea
          name="patterns"
          rows={8}
          className="font-mono text-[0.8125rem]"
          field={{ label: t('patterns'), hint: t('patternsHint') }}
          defaultValue={group?.patterns.join('\n')}
        />
      )}
      <Reason />
    </ActionDialog>
  );
}

function Reason() {
  const t = useTranslations('staff');
  return <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />;
}
