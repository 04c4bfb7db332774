/** The shape of a page that is being loaded. */

/** `label` is what screen readers hear, such as "Loading". */
export function PageSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="motion-safe:animate-pulse">
      <div className="mb-6 h-7 w-56 rounded-lg bg-sunken" />
      <div className="rounded-card border border-line bg-surface p-5">
        {['w-4/5', 'w-3/5', 'w-2/3', 'w-1/2', 'w-3/4'].map((width) => (
          <div key={width} className={`mb-4 h-4 rounded bg-sunken last:mb-0 ${width}`} />
        ))}
      </div>
    </div>
  );
}
