import { answerUnsubscribe } from '#features/unsubscribe/answer.ts';

// Reached by POST to /u/<token> (proxy.ts): without a session, without cookies, from any site (RFC 8058).
export async function POST(request: Request, { params }: { params: Promise<{ token: string }> }) {
  return answerUnsubscribe((await params).token, request);
}
