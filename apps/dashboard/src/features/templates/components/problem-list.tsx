'use client';
import type { TemplateError } from '@hikyaku/message';
/** What does not parse, with the part and the line, and a way there. */
import { Alert, Button } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';

export function ProblemList({ errors, onGo }: ProblemListProps) {
  const t = useTranslations('templates');
  if (errors.length === 0) return null;
  return (
    <Alert tone="bad" title={t('problems.title', { count: errors.length })}>
      <ul className="mt-1 flex flex-col gap-1.5">
        {errors.map((error) => (
          <li key={`${error.part}${error.line}${error.code}`}>
            <strong className="font-medium">
              {t('problems.at', { part: t(`editor.${error.part}`), line: error.line })}
            </strong>{' '}
            — {t(`problems.code.${error.code}`)}
            {error.code === 'syntax' && (
              <code className="block font-mono text-xs [overflow-wrap:anywhere] opacity-80">
                {error.message}
              </code>
            )}
            <Button variant="quiet" size="sm" onClick={() => onGo(error)}>
              {t('problems.go')}
            </Button>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

export interface ProblemListProps {
  errors: readonly TemplateError[];
  onGo: (error: TemplateError) => void;
}
