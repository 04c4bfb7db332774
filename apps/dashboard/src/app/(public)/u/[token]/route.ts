import { answerUnsubscribe, showUnsubscribe } from '#features/unsubscribe/answer.ts';

interface Given {
  params: Promise<{ token: string }>;
}

// The personal link in a message: no session, no cookies, from any site (RFC 8058).
export async function GET(_request: Request, { params }: Given) {
  return showUnsubscribe((await params).token);
}

export async function POST(request: Request, { params }: Given) {
  return answerUnsubscribe((await params).token, request);
}
