/**
 * Incidents of the envelope: refusals at each command, what must be read behind them, and what is said next.
 */
import { describe, expect, test } from 'vitest';
import { converse, cuts, ListWork, mailsTo, mailTo, type PeerEvent } from './support.ts';

const is = (event: PeerEvent, verb: string, nth = 1) => event.verb === verb && event.nth === nth;
const tail = (lines: string[]) => lines.slice(1, -1);

describe.each(cuts)('replies %s', (segments) => {
  test('every reply of a group is read after MAIL failed, and the next transaction is unharmed', async () => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (is(event, 'MAIL') ? '451 4.3.0 not now' : undefined) },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'MAIL', scope: 'site', permanence: 'transient' },
      { disposition: 'accepted', command: 'DOT' },
    ]);
    expect(peer.messages.map(({ recipients }) => recipients)).toEqual([['b@x.test']]);
    // No transaction was begun, so nothing has to be reset.
    expect(peer.lines).not.toContain('RSET');
  });

  test('RCPT refused, DATA refused: RSET travels with the next envelope', async () => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) =>
          event.line.includes('dead') ? '550 5.1.1 <dead@x.test>: user unknown' : undefined,
      },
      mailsTo('a@x.test', 'dead@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'accepted' },
      {
        disposition: 'refused',
        command: 'RCPT',
        scope: 'recipient',
        permanence: 'permanent',
        reply: { code: 550, enhanced: '5.1.1' },
      },
      { disposition: 'accepted' },
    ]);
    expect(tail(peer.lines)).toEqual([
      'MAIL FROM:<from@sender.test>',
      'RCPT TO:<a@x.test>',
      'DATA',
      '.',
      'MAIL FROM:<from@sender.test>',
      'RCPT TO:<dead@x.test>',
      'DATA',
      'RSET',
      'MAIL FROM:<from@sender.test>',
      'RCPT TO:<b@x.test>',
      'DATA',
      '.',
    ]);
    // One flight for the hello, one for the first envelope, one for each message or refusal, QUIT within the last.
    expect(peer.flights).toBe(2 + 3);
  });

  test('354 though nobody was accepted: a lone dot, whose verdict means nothing', async () => {
    for (const verdict of ['250 2.0.0 taken', '554 5.5.1 no recipients']) {
      const { work, peer } = await converse(
        {
          segments,
          manner: (event) => {
            if (event.line.includes('dead')) return '550 5.1.1 no';
            if (is(event, 'DATA')) return '354 go on then';
            if (event.kind === 'message' && event.content.length === 0) return verdict;
          },
        },
        mailsTo('dead@x.test', 'b@x.test'),
      );
      expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
      expect(peer.lines).not.toContain('RSET');
      expect(peer.messages.at(-1)?.recipients).toEqual(['b@x.test']);
    }
  });

  test('DATA refused with a recipient accepted: the message is refused by that reply', async () => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (is(event, 'DATA') ? '451 4.7.1 greylisted' : undefined) },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DATA', scope: 'message', permanence: 'transient' },
      { disposition: 'accepted' },
    ]);
    expect(peer.lines.filter((line) => line === 'RSET')).toHaveLength(1);
  });

  test('421 to RCPT defers that recipient and ends the session', async () => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) =>
          is(event, 'RCPT', 2) ? { reply: '421 4.7.0 too fast', after: 'close' } : undefined,
      },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'accepted' },
      { disposition: 'refused', command: 'RCPT', scope: 'session', permanence: 'transient' },
    ]);
    expect(end).toMatchObject({
      reason: 'refused',
      canReopen: false,
      failure: { command: 'RCPT' },
    });
  });

  test('421 to MAIL behind a message tells a session limit: given back, and another may be opened', async () => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) =>
          is(event, 'MAIL', 2)
            ? { reply: '421 Max message per connection reached', after: 'close' }
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(work.results[1]?.reply?.code).toBe(421);
    expect(end).toMatchObject({ reason: 'refused', canReopen: true });
  });

  test('421 to the first MAIL is an answer to it', async () => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) => (is(event, 'MAIL') ? '421 4.7.0 [TSS04] deferred' : undefined),
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test refused']);
    expect(end).toMatchObject({ reason: 'refused', canReopen: false });
  });

  test('251 and 252 are acceptance, 551 is a refusal', async () => {
    const { work } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'RCPT'
            ? ['251 will forward', '252 cannot verify', '551 try <elsewhere@x.test>'][event.nth - 1]
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted', 'c@x.test refused']);
    expect(work.results[2]).toMatchObject({ permanence: 'permanent' });
  });

  test('500, 502 and 503 say that the conversation failed, and bounce nobody', async () => {
    for (const code of ['500', '502', '503']) {
      const { work } = await converse(
        { segments, manner: (event) => (is(event, 'RCPT') ? `${code} what` : undefined) },
        mailsTo('a@x.test'),
      );
      expect(work.results).toMatchObject([
        { disposition: 'refused', scope: 'session', permanence: 'transient' },
      ]);
    }
  });

  test('RSET refused: the session ends without penalty, the envelope behind it is given back', async () => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) => {
          if (is(event, 'RCPT')) return '550 5.1.1 no';
          return event.verb === 'RSET' ? '502 5.5.1 no such thing' : undefined;
        },
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test refused', 'b@x.test abandoned']);
    expect(end).toMatchObject({ reason: 'refused', canReopen: true, failure: { command: 'RSET' } });
  });

  test('without pipelining, a refused recipient costs RSET and no DATA', async () => {
    const { work, peer } = await converse(
      {
        segments,
        extensions: [],
        manner: (event) => (event.line.includes('dead') ? '550 5.1.1 no' : undefined),
      },
      mailsTo('dead@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
    expect(tail(peer.lines)).toEqual([
      'MAIL FROM:<from@sender.test>',
      'RCPT TO:<dead@x.test>',
      'RSET',
      'MAIL FROM:<from@sender.test>',
      'RCPT TO:<b@x.test>',
      'DATA',
      '.',
    ]);
  });
});

test('at MAIL, what concerns the message is told from what concerns us', async () => {
  for (const [reply, scope] of [
    ['552 5.3.4 message too big', 'message'],
    ['553 5.1.7 bad sender address', 'message'],
    ['550 5.1.8 sender domain not found', 'message'],
    ['554 5.7.1 blocked using zen.spamhaus.org', 'site'],
    ['530 5.7.0 must issue STARTTLS first', 'site'],
    ['452 4.3.1 insufficient system storage', 'site'],
  ]) {
    const { work } = await converse(
      { manner: (event) => (event.verb === 'MAIL' ? reply : undefined) },
      mailsTo('a@x.test'),
    );
    expect(work.results).toMatchObject([{ command: 'MAIL', scope }]);
  }
});

test('SIZE, BODY and SMTPUTF8 are said where they are offered', async () => {
  const [plain] = mailsTo('配送@x.test') as [ReturnType<typeof mailTo>];
  const { peer } = await converse(
    { extensions: ['PIPELINING', 'SIZE 1000', '8BITMIME', 'SMTPUTF8'] },
    [{ ...plain, sizeBytes: 999, isEightBit: true, isSmtpUtf8: true }],
  );
  expect(peer.lines.slice(1, 3)).toEqual([
    'MAIL FROM:<from@sender.test> SIZE=999 BODY=8BITMIME SMTPUTF8',
    'RCPT TO:<配送@x.test>',
  ]);
});

test('what this server cannot take is refused before a byte of it is said', async () => {
  const { work, peer } = await converse({ extensions: ['SIZE 1000'] }, [
    { ...mailTo('big@x.test'), sizeBytes: 1001 },
    { ...mailTo('eight@x.test'), isEightBit: true },
    { ...mailTo('utf8@x.test'), isSmtpUtf8: true },
    mailTo('配送@x.test'),
    mailTo('a@x.test\r\nRCPT TO:<evil@x.test>'),
    mailTo('a@x.test> NOTIFY=NEVER'),
    mailTo('nowhere'),
    { ...mailTo('b@x.test'), mailFrom: 'a@b.test\nQUIT' },
    mailTo('good@x.test'),
  ]);
  expect(work.results.map(({ reason }) => reason)).toEqual([
    'too-big',
    'eight-bit-unsupported',
    'smtputf8-unsupported',
    'smtputf8-unsupported',
    'address-invalid',
    'address-invalid',
    'address-invalid',
    'address-invalid',
    undefined,
  ]);
  expect(work.results.slice(0, 8).every(({ permanence }) => permanence === 'permanent')).toBe(true);
  expect(peer.lines.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
  expect(peer.messages).toHaveLength(1);
});

test('the null sender is said as <>', async () => {
  const { peer } = await converse({}, [{ ...mailTo('a@x.test'), mailFrom: '' }]);
  expect(peer.lines).toContain('MAIL FROM:<>');
});

test('a transaction without recipients is settled as final and empty', async () => {
  const work = new ListWork([{ ...mailTo(), recipients: [] }, mailTo('a@x.test')]);
  await converse({}, work);
  expect(work.log.map(({ result }) => [result.isFinal, result.recipients.length])).toEqual([
    [true, 0],
    [true, 1],
  ]);
});
