/** The installation's windows and the destination groups. */
import { readGroups, readInstallationWindows } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';

export async function readWindows({ run }: StaffContext) {
  return run(async (scope) => ({
    windows: await readInstallationWindows(scope),
    groups: await readGroups(scope),
  }));
}

export type InstallationWindows = Awaited<ReturnType<typeof readWindows>>;
