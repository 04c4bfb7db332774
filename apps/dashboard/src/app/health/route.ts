import { isDatabaseReachable } from '#server/health.ts';

export const dynamic = 'force-dynamic';

export async function GET() {
  const isReady = await isDatabaseReachable();
  return Response.json({ ok: isReady }, { status: isReady ? 200 : 503 });
}
