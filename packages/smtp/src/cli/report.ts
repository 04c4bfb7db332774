/**
 * What `npm run smtp -- send` prints: for people, or one JSON object per line for programs.
 */
import type { RecipientResult } from '../transaction.ts';
import type { SendSummary } from './send.ts';

export function printResult(result: Omit<RecipientResult, 'index'>, isJson: boolean): void {
  const { recipient, disposition, command, scope, permanence, reply, reason, systemCode } = result;
  if (isJson) {
    console.log(
      JSON.stringify({
        recipient,
        disposition,
        command,
        code: reply?.code,
        enhanced: reply?.enhanced,
        text: reply?.text,
        scope,
        permanence,
        reason,
        systemCode,
      }),
    );
    return;
  }
  const why = reply?.toString() ?? [reason, systemCode].filter(Boolean).join(' ');
  console.log(`${disposition.padEnd(12)} ${recipient}  ${command}: ${why}`);
}

export function printSummary(summary: SendSummary, isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(summary));
    return;
  }
  const { accepted, recipients, sessions, transactions, roundTrips, bytesOut, bytesIn, ms } =
    summary;
  console.log(
    `${accepted} of ${recipients} accepted · ${sessions} sessions, ${transactions} transactions, ` +
      `${roundTrips} round trips, ${bytesOut} bytes out, ${bytesIn} in, ${ms} ms`,
  );
}
