/** A work whose fence says no to one recipient, at once or after a while. */
import type { Transaction } from '../../src/index.ts';
import { ListWork, pause } from '../support.ts';

export class FencedWork extends ListWork {
  readonly refused: string;
  readonly waitMs: number;
  constructor(transactions: readonly Transaction[], refused: string, waitMs = 0) {
    super(transactions);
    this.refused = refused;
    this.waitMs = waitMs;
  }
  override async fence(transaction: Transaction, accepted: readonly number[]) {
    await super.fence(transaction, accepted);
    if (this.waitMs > 0) await pause(this.waitMs);
    return !transaction.recipients.includes(this.refused);
  }
}
