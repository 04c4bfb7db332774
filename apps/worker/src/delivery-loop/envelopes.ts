/** Makes what a session carries: the envelope and content of the rows that the core chose. */
import type { SendCommand } from '@hikyaku/delivery';
import type { Logger } from 'pino';
import type { DatabaseClock } from '../database-clock.ts';
import type { Envelope, LoopRow, SessionFacts } from './attempt.ts';
import type { CampaignBook } from './campaign-book.ts';

/** The function answers undefined where the message cannot be made; its rows are then cancelled with that reason. */
export function createEnvelopes(
  campaigns: CampaignBook,
  clock: DatabaseClock,
  factsOf: (sessionId: number) => SessionFacts | undefined,
  logger: Logger,
): (command: SendCommand) => Envelope | undefined {
  return (command) => {
    const rows = command.rows as readonly LoopRow[];
    const first = rows[0] as LoopRow;
    try {
      const message = campaigns.compose(first, clock.nowMs());
      return {
        transactionId: command.transactionId,
        rows,
        mode: command.mode,
        session: factsOf(command.sessionId) as SessionFacts,
        mailFrom: campaigns.get(first.campaignId)?.fromEmail ?? '',
        recipients: rows.map((row) => row.email),
        carriedOverCount: command.carriedOverCount,
        sizeBytes: message.sizeBytes,
        content: () => message.content,
      };
    } catch (error) {
      logger.warn(
        { err: error, campaign: first.campaignId, deliveries: rows.map((row) => row.id) },
        'a message could not be composed; its deliveries are cancelled',
      );
      return undefined;
    }
  };
}
