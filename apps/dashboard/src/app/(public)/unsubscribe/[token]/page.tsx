import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { UnsubscribeCard } from '#features/unsubscribe/components/unsubscribe-card.tsx';
import { readSubscription } from '#features/unsubscribe/queries/subscription.ts';
import { one, type PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('unsubscribe');
  return { title: t('title'), referrer: 'no-referrer' };
}

// Scanners follow links: a GET never unsubscribes.
export default async function UnsubscribePage({ params, searchParams }: PageInput<'token'>) {
  const { token } = await params;
  const hasFailed = one((await searchParams).failed) !== '';
  const subscription = await readSubscription(token);
  if (!subscription) notFound();
  return <UnsubscribeCard token={token} subscription={subscription} hasFailed={hasFailed} />;
}
