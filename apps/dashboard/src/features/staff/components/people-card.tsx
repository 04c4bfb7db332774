'use client';
import type { MemberRole } from '@hikyaku/contracts';
import { Card, Table } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Time } from '#format/time.tsx';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormText } from '#shell/form-fields.tsx';
import { LinkOnce } from '#shell/link-once.tsx';
import { makePersonLink } from '../actions/person-link.ts';

/** The tenant's people, with a one-time link for one who cannot sign in. */
export function PeopleCard({ tenantId, people, zone }: PeopleCardProps) {
  const t = useTranslations('staff');
  const roles = useTranslations('shell.roles');
  const [link, setLink] = useState<{ email: string; url: string } | null>(null);
  return (
    <Card title={t('memberships')} isFlush>
      {link && (
        <div className="px-5 pb-3">
          <LinkOnce key={link.url} title={t('linkMade', { email: link.email })} url={link.url} />
        </div>
      )}
      <Table
        caption={t('memberships')}
        rows={people}
        rowKey={(person) => person.id}
        columns={[
          {
            key: 'who',
            header: t('person'),
            isLead: true,
            cell: (person) => (
              <>
                {person.name && <span className="block">{person.name}</span>}
                <span className="text-[0.8125rem] text-ink-muted">{person.email}</span>
              </>
            ),
          },
          { key: 'role', header: t('role'), cell: (person) => roles(person.role) },
          {
            key: 'seen',
            header: t('lastSignIn'),
            cell: (person) =>
              person.lastSignInAt ? <Time at={person.lastSignInAt} zone={zone} /> : t('never'),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('makeLink')}</span>,
            cell: (person) => (
              <ActionDialog
                label={t('makeLink')}
                button={{ size: 'sm', 'aria-label': `${t('makeLink')}: ${person.email}` }}
                title={t('makeLinkTitle', { email: person.email })}
                action={makePersonLink}
                values={{ tenantId, userId: person.id }}
                onDone={({ url }) => setLink({ email: person.email, url })}
                submitLabel={t('makeLink')}
              >
                <p>{t('makeLinkText')}</p>
                <FormText name="reason" field={{ label: t('reason'), hint: t('reasonHint') }} />
              </ActionDialog>
            ),
          },
        ]}
      />
    </Card>
  );
}

export interface PeopleCardProps {
  tenantId: string;
  people: readonly {
    id: string;
    email: string;
    name: string;
    role: MemberRole;
    lastSignInAt: number | null;
  }[];
  zone: string;
}
