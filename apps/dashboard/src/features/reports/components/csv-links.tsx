/** The two files of a report. Plain links: the browser streams them to disk. */
import { buttonClass, Icon } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function CsvLinks({ id }: { id: string }) {
  const t = useTranslations('reports.csv');
  return (
    <>
      {(['deliveries', 'attempts'] as const).map((kind) => (
        <a
          key={kind}
          download
          href={`/api/campaigns/${id}/csv?rows=${kind}`}
          className={buttonClass({ size: 'sm' })}
        >
          <Icon name="download" sizePx={14} />
          {t(kind)}
        </a>
      ))}
    </>
  );
}
