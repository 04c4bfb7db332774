import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TemplateEditor } from '#features/templates/components/template-editor.tsx';
import { editorOptions } from '#features/templates/queries/editor-options.ts';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('templates'))('editor.newTitle') };
}

const EMPTY = { id: null, name: '', subject: '', html: '', text: '' };

export default async function NewTemplatePage() {
  const { run, user, isReadOnly } = await requireTenant('editor');
  const t = await getTranslations('templates');
  const options = await run(editorOptions);
  return (
    <>
      <PageHeader
        title={t('editor.newTitle')}
        crumbs={[{ href: '/templates', label: t('title') }]}
        crumbsLabel={t('crumbs')}
      />
      <TemplateEditor
        template={EMPTY}
        options={options}
        mayEdit={!isReadOnly}
        ownEmail={user.email}
      />
    </>
  );
}
