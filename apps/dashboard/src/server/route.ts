/**
 * Every route handler is made here: same checks as an action, errors as JSON `{ code, message }` with
 * their status, and a request that changes something must come from our own pages.
 */
import { getTranslations } from 'next-intl/server';
import { type TenantContext, tenantOrRefuse } from './context.ts';
import { env } from './env.ts';
import { toRefusal } from './failure.ts';
import { Refusal, refusalStatus } from './refusal.ts';
import type { Role } from './session.ts';

interface Given {
  request: Request;
  params: Record<string, string>;
}

type Handler = (
  request: Request,
  route: { params: Promise<Record<string, string>> },
) => Promise<Response>;

/** A route of a tenant's person. Methods other than GET count as changes. */
export function tenantRoute(
  role: Role,
  run: (context: TenantContext, given: Given) => Promise<Response>,
): Handler {
  return guarded((isChange) => tenantOrRefuse(role, isChange), run);
}

function guarded<C>(
  context: (isChange: boolean) => Promise<C>,
  run: (context: C, given: Given) => Promise<Response>,
): Handler {
  return async (request, { params }) => {
    try {
      const isChange = request.method !== 'GET' && request.method !== 'HEAD';
      if (isChange) refuseCrossSite(request);
      return await run(await context(isChange), { request, params: await params });
    } catch (error) {
      return refusalResponse(error);
    }
  };
}

/** A refusal as JSON, in the reader's language. */
async function refusalResponse(error: unknown): Promise<Response> {
  const { code, params } = toRefusal(error, 'route');
  const t = await getTranslations('errors');
  const message = t.has(code as never) ? t(code as never, params as never) : code;
  return Response.json(
    { code, message },
    { status: refusalStatus(code), headers: { 'cache-control': 'no-store' } },
  );
}

/** Throws CROSS_SITE unless the request began on our own site. */
function refuseCrossSite(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  // No page can forge this one; browsers leave it out on plain http only, and old ones always.
  if (site === 'same-origin') return;
  const origin = request.headers.get('origin');
  if (site !== null || origin === null || !isOwnOrigin(origin, request)) {
    throw new Refusal('CROSS_SITE');
  }
}

function isOwnOrigin(origin: string, request: Request): boolean {
  const own = [env().NEXTAUTH_URL, env().BASE_URL].map((url) => new URL(url).origin);
  return own.includes(origin) || origin === `http://${request.headers.get('host')}`;
}
