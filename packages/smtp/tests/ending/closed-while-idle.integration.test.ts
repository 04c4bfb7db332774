import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { incident, mailsTo, open, startScriptedPeer } from '../support.ts';
import { IdleWork } from './idle-work.ts';

for (const [name, word, isReset] of [
  ['421', '421 4.4.2 idle too long\r\n', false],
  ['EOF', '', false],
  ['a reset', '', true],
] as const)
  incident(`${name} on an idle session ends it without penalty`, async (segments) => {
    await using peer = await startScriptedPeer({ segments });
    const session = await open(peer.port);
    const work = new IdleWork(mailsTo('a@x.test'));
    const running = session.run(work);
    await expect.poll(() => work.log.length).toBe(1);
    peer.hangUp(word, isReset);
    expect(await running).toMatchObject({ reason: 'idle-closed', canReopen: true });
    // An envelope that comes too late is given back.
    work.answer(mailsTo('late@x.test')[0] as Transaction);
    await expect.poll(() => work.summary).toEqual(['a@x.test accepted', 'late@x.test abandoned']);
  });
