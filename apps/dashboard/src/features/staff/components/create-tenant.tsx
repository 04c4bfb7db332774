'use client';
import { Alert } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormSelect, FormText } from '#shell/form-fields.tsx';
import { LinkOnce } from '#shell/link-once.tsx';
import { createTenant as create } from '../actions/create-tenant.ts';

/** Makes a tenant with its owner, and shows the owner's invitation once. */
export function CreateTenant({ zones }: { zones: readonly string[] }) {
  const t = useTranslations('staff');
  const router = useRouter();
  const locale = useLocale();
  const [made, setMade] = useState<{ email: string; url: string | null } | null>(null);
  return (
    <div className="mb-5 flex flex-col gap-4">
      <div>
        <ActionDialog
          label={t('createTenant')}
          button={{ variant: 'primary', icon: 'plus' }}
          title={t('createTenant')}
          action={create}
          onDone={(data) => {
            setMade(data);
            router.refresh();
          }}
          submitLabel={t('create')}
        >
          <FormText name="name" field={{ label: t('tenantName') }} autoFocus />
          <div className="grid gap-4 sm:grid-cols-2">
            <FormSelect name="zone" field={{ label: t('zone') }} defaultValue="Asia/Tokyo">
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </FormSelect>
            <FormSelect name="locale" field={{ label: t('locale') }} defaultValue={locale}>
              <option value="ja">日本語</option>
              <option value="en">English</option>
            </FormSelect>
          </div>
          <FormText name="email" type="email" field={{ label: t('ownerEmail') }} />
          <FormText name="ownerName" field={{ label: t('ownerName'), mark: t('optional') }} />
        </ActionDialog>
      </div>
      {made?.url && (
        <LinkOnce key={made.url} title={t('invited', { email: made.email })} url={made.url} />
      )}
      {made && !made.url && (
        <Alert tone="good" title={t('madeForKnown', { email: made.email })}>
          {t('madeForKnownText')}
        </Alert>
      )}
    </div>
  );
}
