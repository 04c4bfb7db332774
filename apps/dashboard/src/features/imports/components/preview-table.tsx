/** The first rows as they will be read: the surest way to see a wrong encoding. */
import { Card } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function PreviewTable({ header, rows }: { header: string[]; rows: string[][] }) {
  const t = useTranslations('imports');
  return (
    <Card title={t('previewTitle')} description={t('previewText', { rows: rows.length })} isFlush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" aria-label={t('previewTitle')} tabIndex={0}>
        <table className="w-full border-collapse text-[0.8125rem]">
          <thead>
            <tr className="border-y border-line bg-ground text-left">
              {header.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name that is unique
                <th key={index} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap">
                  {name || t('noName', { number: index + 1 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are never moved
              <tr key={at} className="border-b border-line last:border-b-0">
                {header.map((_, index) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: see above
                    key={index}
                    className="max-w-64 truncate px-3 py-1.5 whitespace-pre"
                  >
                    {row[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}
