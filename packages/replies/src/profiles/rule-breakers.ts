/** The twenty ways in which servers are known to break the rules, and who among our rooms answers each. Data for people and tests. */

/** `where`: the profile's field, the classification's rule, or the room that answers. Numbers never change. */
export const RULE_BREAKERS: readonly RuleBreaker[] = [
  [1, 'Yahoo closes after 20 messages without a code', 'transactionsMax, isCleanCloseExpected'],
  [2, 'Over 100 RCPTs docomo cuts and drops earlier recipients', 'isRecipientProbeAllowed'],
  [3, 'docomo, au: 550 at the dot is the recipient’s filter', 'docomo-dot-filter, au-dot-filter'],
  [4, 'au resets TCP at connect when busy', 'isConnectResetBusy'],
  [5, 'au, SoftBank: 250, then silent discard', 'isAcceptanceSilent'],
  [6, 'Carriers block sources with many unknown users', 'unknownUserShareMax'],
  [7, 'Dots that RFC 5322 forbids are in real use', 'isDottedLocalPartUsed, isLocalPartQuoted'],
  [8, 'Postfix under stress answers RSET with 421', 'smtp: no speculative RSET'],
  [9, 'RSET is refused', 'smtp: closes, nobody pays'],
  [10, 'A PIX banner', 'smtp: HELO, no pipelining; isDotApart'],
  [11, 'A 5yz greeting from a broken host', 'basic-greeting'],
  [12, '552 means too many, or full', 'docomo-recipient-limit, docomo-mailbox-full'],
  [13, 'DATA is answered 250 instead of 354', 'smtp: goes on only with an empty pipe'],
  [14, 'A reply without a code', 'basic-no-reply'],
  [15, 'Drops the connection on too many RCPTs', 'recipientsMax, halved'],
  [16, 'Offers an extension and breaks on it', 'isStartTlsOff, isPipeliningOff, extensionsOff'],
  [17, '421, but keeps talking', 'smtp: closes anyway'],
  [18, 'Carriers congest on the hour', 'congestionMinutes'],
  [19, 'SoftBank refuses an empty From and 1 MB, au 3 MB', 'isEmptyFromRefused, sizeBytesMax'],
  [20, 'docomo refuses lines over 998', 'lineOctetsMax, docomo-line-too-long'],
].map(([number, what, where]) => ({ number, what, where }) as RuleBreaker);

export type RuleBreaker = { number: number; what: string; where: string };
