/** The receiver in this process, for its own tests. Others start it as a process: see @hikyaku/testkit. */

export type { Manners, ReceiverConfig, ReceiverConfigInput } from './config.ts';
export type { AcceptedRow, JournalRow, OtherRow } from './journal-rows.ts';
export type { Receiver, ReceiverOptions } from './receiver.ts';
export { startReceiver } from './receiver.ts';
export type { TriggerInput, TriggerReport } from './triggers.ts';
