/** The demo receiver: made quick for a test, and asked what it got. */
import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { simpleParser } from 'mailparser';

const CONTROL = process.env.E2E_RECEIVER ?? '';
const JOURNAL = process.env.E2E_JOURNAL ?? '';

/** No waiting and no caps; one in twenty is asked to come back once. */
const QUICK = {
  connectionsMaxPerSource: null,
  messagesMaxPerSession: null,
  latencyMs: 0,
  acceptRatePerSecond: null,
  deferShare: 0.05,
  deferFirstAttemptOnly: true,
  bounceShare: 0,
};

/** From now on the destination takes mail from these sources for spam, and answers as if nobody existed. */
export async function refuseSources(destination: string, sources: string[]): Promise<void> {
  await changeManners(destination, { refusedSources: sources });
}

export interface JournalLine {
  event: 'accepted' | 'refused' | 'dropped' | 'stalled';
  at: string;
  recipient: string | null;
  code?: number | null;
  headerDeliveryId?: string | null;
}

/** Makes every destination quick; call what is returned to give them their manners back. */
export async function makeQuick(also: Record<string, unknown> = {}): Promise<() => Promise<void>> {
  const { destinations } = (await ask('/stats')) as { destinations: { name: string }[] };
  const before = new Map<string, Record<string, unknown>>();
  for (const { name } of destinations) {
    before.set(name, (await ask(`/destinations/${name}/manners`)) as Record<string, unknown>);
    await changeManners(name, { ...QUICK, ...also });
  }
  return async () => {
    for (const [name, manners] of before) await changeManners(name, manners);
  };
}

/** What the last message to this address says. */
export async function readMessage(email: string) {
  const kept = (await ask(`/messages?recipient=${encodeURIComponent(email)}`)) as {
    content: string;
  };
  const mail = await simpleParser(kept.content);
  const list = mail.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  return {
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    unsubscribeUrl: list?.unsubscribe?.url ?? '',
    hasOneClick: /^List-Unsubscribe-Post: *List-Unsubscribe=One-Click\r?$/im.test(kept.content),
  };
}

/** Where the journal ends now: what comes later is what `readJournal` returns from here. */
export function journalEnd(): number {
  return statSync(JOURNAL).size;
}

export async function readJournal(fromByte: number): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  const input = createReadStream(JOURNAL, { start: fromByte });
  for await (const line of createInterface({ input })) {
    // The receiver goes on writing: a line that is not whole yet belongs to somebody else's message.
    if (line.endsWith('}')) lines.push(JSON.parse(line) as JournalLine);
  }
  return lines;
}

/** How the destination behaves from now on; what is not named stays as it is. */
export function changeManners(name: string, manners: Record<string, unknown>): Promise<unknown> {
  const body = JSON.stringify(manners);
  return ask(`/destinations/${name}/manners`, { method: 'PATCH', body });
}

async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(`${CONTROL}${path}`, init);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
