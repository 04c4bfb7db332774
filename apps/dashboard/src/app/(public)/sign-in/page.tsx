import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DemoLogins } from '#features/auth/components/demo-logins.tsx';
import { SignInForm } from '#features/auth/components/sign-in-form.tsx';
import { safeNextPath } from '#features/auth/next-path.ts';
import { demoLogins } from '#features/auth/queries/demo-logins.ts';
import { one, type PageInput } from '#server/page.ts';
import { currentPerson } from '#server/session.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signInTitle') };
}

export default async function SignInPage({ searchParams }: PageInput) {
  const search = await searchParams;
  const next = safeNextPath(search.next);
  if (await currentPerson()) redirect(next);
  const demo = demoLogins();
  return (
    <SignInForm
      next={next}
      isPasswordNew={one(search.password) !== ''}
      demo={demo && <DemoLogins {...demo} />}
    />
  );
}
