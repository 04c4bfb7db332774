/** The beginning of a body: nobody needs to send more than this, and nobody may make us hold it. */

const BODY_MAX = 10_000;

export async function readStart(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let body = '';
  while (body.length < BODY_MAX) {
    const { done, value } = await reader.read();
    if (done) break;
    body += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return body.slice(0, BODY_MAX);
}
