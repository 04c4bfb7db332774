'use client';
/** Finds a person of a list by the beginning of the address. */
import { Input } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { findPeople } from '../actions/find-people.ts';

export function PersonPicker({ listId, person, onPick }: PersonPickerProps) {
  const t = useTranslations('templates.preview');
  const id = useId();
  const [search, setSearch] = useState('');
  const [people, setPeople] = useState<{ id: string; email: string }[]>([]);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(async () => {
      const outcome = await findPeople({ listId, search }).catch(() => null);
      if (!isOld && outcome?.ok) setPeople(outcome.data);
    }, 250);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [listId, search]);
  return (
    <div>
      <Input
        type="search"
        list={id}
        aria-label={t('person')}
        placeholder={person?.email ?? t('find')}
        value={search}
        onChange={(event) => {
          const { value } = event.target;
          setSearch(value);
          const chosen = people.find(({ email }) => email === value);
          if (chosen) onPick(chosen.id);
        }}
      />
      <datalist id={id}>
        {people.map(({ id: key, email }) => (
          <option key={key} value={email} />
        ))}
      </datalist>
    </div>
  );
}

export interface PersonPickerProps {
  listId: string;
  person: { email: string } | null;
  onPick: (id: string) => void;
}
