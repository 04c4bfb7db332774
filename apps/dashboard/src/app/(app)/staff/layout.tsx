import type { ReactNode } from 'react';
import { StopBanner } from '#features/staff/components/stop-banner.tsx';
import { countStops } from '#features/staff/queries/read-sending.ts';
import { requireStaff } from '#server/context.ts';

// Every page below checks for itself as well: a layout is not asked again when one page leads to the next.
export default async function StaffLayout({ children }: { children: ReactNode }) {
  const stops = await countStops(await requireStaff());
  return (
    <>
      <StopBanner {...stops} />
      {children}
    </>
  );
}
