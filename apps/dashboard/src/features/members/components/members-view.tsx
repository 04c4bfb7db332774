'use client';
/** Who belongs to the tenant; owners invite, change roles, hand out reset links and remove. */
import { MEMBER_ROLES, type MemberRole } from '@hikyaku/contracts';
import { Alert, Badge, Card, Table } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Time } from '#format/time.tsx';
import { LinkOnce } from '#shell/link-once.tsx';
import { Invite, MemberActions } from './member-dialogs.tsx';

export function MembersView({ members, meId, zone, canManage }: MembersViewProps) {
  const t = useTranslations('members');
  const roles = useTranslations('shell.roles');
  const [link, setLink] = useState<{ title: string; url: string | null } | null>(null);
  return (
    <div className="flex flex-col gap-5">
      {link?.url && <LinkOnce key={link.url} title={link.title} url={link.url} />}
      {link && !link.url && (
        <Alert tone="good" title={link.title}>
          {t('addedText')}
        </Alert>
      )}
      <Card
        isFlush
        title={t('title')}
        description={t('description')}
        actions={
          canManage && (
            <Invite
              onDone={({ email, url }) =>
                setLink({ title: t(url ? 'invited' : 'added', { email }), url })
              }
            />
          )
        }
      >
        <Table
          caption={t('title')}
          rows={members}
          rowKey={(member) => member.userId}
          columns={[
            {
              key: 'name',
              header: t('person'),
              isLead: true,
              cell: (member) => (
                <>
                  <span className="font-medium">{member.name || member.email}</span>
                  {member.userId === meId && (
                    <span className="ml-2 text-xs text-ink-muted">{t('you')}</span>
                  )}
                  {member.name && (
                    <span className="block text-[0.8125rem] text-ink-muted">{member.email}</span>
                  )}
                </>
              ),
            },
            { key: 'role', header: t('role'), cell: (member) => roles(member.role) },
            {
              key: 'seen',
              header: t('lastSignIn'),
              cell: (member) =>
                member.lastSignInAt ? (
                  <Time at={member.lastSignInAt} zone={zone} />
                ) : (
                  <Badge tone="warn">{t('neverSignedIn')}</Badge>
                ),
            },
            ...(canManage
              ? [
                  {
                    key: 'act',
                    header: <span className="sr-only">{t('actions')}</span>,
                    cell: (member: MemberView) => (
                      <MemberActions
                        member={member}
                        onLink={(url) =>
                          setLink({ title: t('resetMade', { email: member.email }), url })
                        }
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Card title={t('rolesTitle')}>
        <dl className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_1fr]">
          {MEMBER_ROLES.map((role) => (
            <div key={role} className="contents">
              <dt className="font-medium">{roles(role)}</dt>
              <dd className="text-ink-muted">{t(`may.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}

export interface MemberView {
  userId: string;
  email: string;
  name: string;
  role: MemberRole;
  lastSignInAt: number | null;
}

export interface MembersViewProps {
  members: MemberView[];
  meId: string;
  zone: string;
  canManage: boolean;
}
