import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { incident, mailsTo, open, startScriptedPeer } from '../support.ts';
import { IdleWork } from './idle-work.ts';

incident('an idle session takes up again when the work has more', async (segments) => {
  await using peer = await startScriptedPeer({ segments });
  const session = await open(peer.port);
  const work = new IdleWork(mailsTo('a@x.test'));
  const running = session.run(work);
  await expect.poll(() => work.log.length).toBe(1);
  work.answer(mailsTo('b@x.test')[0] as Transaction);
  await expect.poll(() => work.log.length).toBe(2);
  work.answer('quit');
  expect(await running).toMatchObject({ reason: 'quit' });
  expect(peer.messages).toHaveLength(2);
});
