import type { Transaction } from '../../src/index.ts';
import { ListWork } from '../support.ts';

/** Sends its list, then keeps the session open until `answer` is called. */
export class IdleWork extends ListWork {
  answer: (value: Transaction | 'quit') => void = () => {};
  isIdle = false;
  override next() {
    const next = super.next();
    if (next !== 'quit') return next;
    this.isIdle = true;
    return new Promise<Transaction | 'quit'>((resolve) => (this.answer = resolve));
  }
}
