/** A search whose word lives in the URL: works without scripts, can be reloaded and sent to a colleague. */
import { Button, Input, LinkButton } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useId } from 'react';

/** `path` is the page itself; other filters go along as `keep`. */
export function SearchForm({ path, q, label, keep = {} }: SearchFormProps) {
  const t = useTranslations('shell');
  const id = useId();
  return (
    <search>
      <form action={path} className="flex flex-wrap items-center gap-2">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <Input
          id={id}
          type="search"
          name="q"
          defaultValue={q}
          placeholder={label}
          className="w-auto min-w-32 flex-1 basis-40 sm:max-w-80"
        />
        {Object.entries(keep).map(
          ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Button type="submit" icon="search">
          {t('search')}
        </Button>
        {q && (
          <LinkButton href={path} variant="quiet">
            {t('clearSearch')}
          </LinkButton>
        )}
      </form>
    </search>
  );
}

export interface SearchFormProps {
  path: string;
  q: string;
  label: string;
  keep?: Record<string, string>;
}
