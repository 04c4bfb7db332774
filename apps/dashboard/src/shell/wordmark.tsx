import Link from 'next/link';

/** 飛脚 Hikyaku: the way home. */
export function Wordmark() {
  return (
    <Link href="/" className="flex items-center gap-2.5 rounded-lg px-2">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <path
          d="M7 21.500L14.500 8.500h3.500l-3 5.500h4.500l3-5.500H26L18.500 21.500h-3.500l2.700-4.700h-4.500L10.500 21.500z"
          className="fill-on-accent"
        />
        <path d="M6 25h15" className="stroke-on-accent/55" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <span className="text-[1.0625rem] font-semibold tracking-tight">
        <span lang="ja">飛脚</span>{' '}
        <span className="text-[0.8125rem] font-medium text-ink-muted">Hikyaku</span>
      </span>
    </Link>
  );
}
