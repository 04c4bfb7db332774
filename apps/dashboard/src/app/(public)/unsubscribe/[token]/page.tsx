import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { addressAnswer } from '#features/unsubscribe/address-answer.ts';
import { AddressCard } from '#features/unsubscribe/components/address-card.tsx';
import { UnsubscribeCard } from '#features/unsubscribe/components/unsubscribe-card.tsx';
import { readBulkLink, senderOf } from '#features/unsubscribe/queries/bulk-link.ts';
import { readSubscription } from '#features/unsubscribe/queries/subscription.ts';
import { one, type PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('unsubscribe');
  return { title: t('title'), referrer: 'no-referrer' };
}

// Scanners follow links: a GET never unsubscribes.
export default async function UnsubscribePage({ params, searchParams }: PageInput<'token'>) {
  const { token } = await params;
  const query = await searchParams;
  const link = readBulkLink(token);
  if (link) {
    const tenant = await senderOf(link);
    if (tenant === null) notFound();
    return <AddressCard token={token} tenant={tenant} answer={addressAnswer(query)} />;
  }
  const subscription = await readSubscription(token);
  if (!subscription) notFound();
  const hasFailed = one(query.failed) !== '';
  return <UnsubscribeCard token={token} subscription={subscription} hasFailed={hasFailed} />;
}
