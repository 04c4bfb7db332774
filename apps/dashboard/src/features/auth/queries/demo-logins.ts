/** The demo's people, shown on the sign-in page of a demo and nowhere else. */
import { env } from '#server/env.ts';

export interface DemoLoginsData {
  password: string;
  emails: readonly string[];
}

/** Null unless the start script said that this is a demo. */
export function demoLogins(): DemoLoginsData | null {
  const { HIKYAKU_DEMO, HIKYAKU_DEMO_PASSWORD: password } = env();
  if (!HIKYAKU_DEMO || !password) return null;
  return { password, emails: EMAILS };
}

const EMAILS = [
  'owner@sakura.example',
  'viewer@sakura.example',
  'owner@fuji.example',
  'viewer@fuji.example',
  'staff@hikyaku.example',
] as const;
