'use client';
/** Reads the page again every five seconds while something on it moves and somebody looks. */
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

export function RefreshWhile({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => document.hidden || router.refresh(), 5_000);
    return () => clearInterval(timer);
  }, [isOn, router]);
  return null;
}
