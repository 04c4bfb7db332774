'use client';
import { MEMBER_ROLES, type MemberRole } from '@hikyaku/contracts';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { FormSelect, FormText } from '#shell/form-fields.tsx';
import { changeRole } from '../actions/change-role.ts';
import { inviteMember } from '../actions/invite.ts';
import { removeMember } from '../actions/remove-member.ts';
import { makeResetLink } from '../actions/reset-link.ts';

/** Asks whom to invite as what. `url` is null for a person who signs in already. */
export function Invite({ onDone }: InviteProps) {
  const t = useTranslations('members');
  const router = useRouter();
  return (
    <ActionDialog
      label={t('invite')}
      button={{ variant: 'primary', icon: 'plus' }}
      title={t('inviteTitle')}
      action={inviteMember}
      values={{ locale: useLocale() }}
      onDone={(data) => {
        onDone(data);
        router.refresh();
      }}
      submitLabel={t('inviteSubmit')}
    >
      <FormText name="email" type="email" field={{ label: t('email') }} autoFocus />
      <FormText name="name" field={{ label: t('name'), mark: t('optional') }} />
      <RoleSelect roles={['admin', 'editor', 'viewer']} first="editor" />
    </ActionDialog>
  );
}

/** What an owner can do with one member. */
export function MemberActions({ member, onLink }: MemberActionsProps) {
  const t = useTranslations('members');
  const { userId, email, role } = member;
  const label = (key: 'changeRole' | 'resetLink' | 'remove') => ({
    size: 'sm' as const,
    'aria-label': `${t(key)}: ${email}`,
  });
  return (
    <div className="flex flex-wrap justify-end gap-1.5">
      <ActionDialog
        label={t('changeRole')}
        button={label('changeRole')}
        title={t('changeRoleTitle', { email })}
        action={changeRole}
        values={{ userId }}
        submitLabel={t('save')}
      >
        <RoleSelect roles={MEMBER_ROLES} first={role} />
      </ActionDialog>
      <ActionDialog
        label={t('resetLink')}
        button={label('resetLink')}
        title={t('resetTitle', { email })}
        action={makeResetLink}
        values={{ userId }}
        onDone={({ url }) => onLink(url)}
        submitLabel={t('resetSubmit')}
      >
        <p>{t('resetText')}</p>
      </ActionDialog>
      <ActionDialog
        label={t('remove')}
        button={{ ...label('remove'), variant: 'danger' }}
        title={t('removeTitle', { email })}
        action={removeMember}
        values={{ userId }}
        submitLabel={t('remove')}
        isDangerous
      >
        <p>{t('removeText')}</p>
      </ActionDialog>
    </div>
  );
}

function RoleSelect({ roles, first }: { roles: readonly MemberRole[]; first: MemberRole }) {
  const t = useTranslations('members');
  const names = useTranslations('shell.roles');
  return (
    <FormSelect name="role" field={{ label: t('role') }} defaultValue={first}>
      {roles.map((each) => (
        <option key={each} value={each}>
          {names(each)}
        </option>
      ))}
    </FormSelect>
  );
}

export interface InviteProps {
  onDone: (invited: { email: string; url: string | null }) => void;
}

export interface MemberActionsProps {
  member: { userId: string; email: string; role: MemberRole };
  onLink: (url: string) => void;
}
