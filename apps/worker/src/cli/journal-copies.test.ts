import { expect, test } from 'vitest';
import { countCopies } from './journal-copies.ts';

const CAMPAIGN = '7c2f0e6a-1111-4222-8333-944455566677';

async function* journal(...rows: object[]) {
  for (const row of rows) yield JSON.stringify({ event: 'accepted', ...row });
  yield '{"event":"accepted","headerDeliveryId":"7"';
}

test('a personal message counts for the delivery that it names', async () => {
  const copiesOf = await countCopies(
    journal({ headerDeliveryId: '7', recipient: 'a@b.example', messageId: '<7.x@s.example>' }),
    CAMPAIGN,
  );
  expect(copiesOf({ id: '7', email: 'a@b.example' })).toBe(1);
  expect(copiesOf({ id: '8', email: 'a@b.example' })).toBe(0);
});

test('a bulk message counts for each recipient of its campaign, in any case, and for nobody else', async () => {
  const bulk = { headerDeliveryId: null, messageId: `<bulk.${CAMPAIGN}@s.example>` };
  const copiesOf = await countCopies(
    journal(
      { ...bulk, recipient: 'A@b.example' },
      { ...bulk, recipient: 'c@b.example' },
      { ...bulk, recipient: 'c@b.example' },
      { ...bulk, recipient: 'd@b.example', event: 'refused' },
      { ...bulk, recipient: 'e@b.example', messageId: '<bulk.another@s.example>' },
    ),
    CAMPAIGN,
  );
  const copies = ['a', 'c', 'd', 'e'].map((name) =>
    copiesOf({ id: '1', email: `${name}@b.example` }),
  );
  expect(copies).toEqual([1, 2, 0, 0]);
});
