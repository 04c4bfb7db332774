/** F28: content that cannot be made, or is larger than anybody takes. It is put aside with its reason; the campaign goes on. */
import type { Fault } from '../fault.ts';
import { people } from '../stage.ts';

const BAD = 5;
const HUGE_BYTES = 50_000_000;

const CONTENT = {
  subject: '{{ name }}様',
  html: '<p>{{ name }} 様</p>{% for i in (1..rounds) %}{% for j in (1..rounds) %}.{% endfor %}{% endfor %}{{ blob }}',
  text: '{{ name }} 様\n{{ blob }}\n',
};

export const contentFaults: Fault[] = [
  {
    id: 'F28',
    what: 'a template that throws for some people, a message of 50 MB for one',
    expect: 'those are put aside with the reason, everybody else gets theirs, memory is bounded',
    // The row itself is read: as text and as a value.
    stage: { unknownMax: 0, recipients: 3_000, memoryMaxBytes: 1_024 * 1_024 * 1_024 },
    async run(stage) {
      await stage.startWorker();
      await stage.begin();
      stage.struckAtMs = Date.now();
      const emails = people(200, 'others.example');
      const listId = await stage.scenario.list(stage.tenantId, emails);
      const give = (fields: object, from: number, count: number) =>
        stage.query(
          'update recipient set fields = fields || $1 where list_id = $2 and email = any($3)',
          [fields, listId, emails.slice(from, from + count)],
        );
      await give({ rounds: 5_000 }, 20, BAD);
      await give({ blob: 'x'.repeat(HUGE_BYTES) }, 100, 1);
      const id = await stage.campaign(emails, { listId, content: CONTENT });
      await stage.recovers();
      await stage.scenario.finished(id, 120_000);
      const rows = await stage.query<{ state: string; category: string; n: number }>(
        'select state, category, count(*)::int as n from delivery where campaign_id = $1 group by 1, 2',
        [id],
      );
      const aside = rows.filter(({ state }) => state !== 'accepted');
      for (const { state, category, n } of aside)
        for (let i = 0; i < n; i++) stage.struck(`${state}: ${category}`);
      const accepted = rows.find(({ state }) => state === 'accepted')?.n ?? 0;
      stage.demand(accepted === emails.length - BAD - 1, `the others got theirs (${accepted} did)`);
      const isNamed = aside.every(
        ({ state, category }) => ['cancelled', 'bounced'].includes(state) && Boolean(category),
      );
      stage.demand(isNamed, `each is put aside with a reason: ${JSON.stringify(aside)}`);
    },
  },
];
