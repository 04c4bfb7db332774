import { PageHeader } from '@hikyaku/ui';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { TemplateEditor } from '#features/templates/components/template-editor.tsx';
import { editorOptions } from '#features/templates/queries/editor-options.ts';
import { getTemplate } from '#features/templates/queries/get-template.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export default async function TemplatePage({ params, searchParams }: PageInput<'id'>) {
  const { run, user, isReadOnly } = await requireTenant();
  const { id } = await params;
  const isBulk = one((await searchParams).mode) === 'bulk';
  const t = await getTranslations('templates');
  const [template, options] = await run(
    async (scope) => [await getTemplate(scope, id), await editorOptions(scope)] as const,
  );
  if (!template) notFound();
  return (
    <>
      <PageHeader
        title={template.name}
        crumbs={[{ href: '/templates', label: t('title') }]}
        crumbsLabel={t('crumbs')}
      />
      <TemplateEditor
        template={template}
        options={options}
        mayEdit={!isReadOnly}
        ownEmail={user.email}
        firstMode={isBulk ? 'bulk' : 'one_to_one'}
      />
    </>
  );
}
