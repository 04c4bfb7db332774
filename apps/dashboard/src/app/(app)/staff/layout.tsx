import type { ReactNode } from 'react';
import { requireStaff } from '#server/context.ts';

// Every page below checks for itself as well: a layout is not asked again when one page leads to the next.
export default async function StaffLayout({ children }: { children: ReactNode }) {
  await requireStaff();
  return children;
}
