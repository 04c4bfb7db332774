/** A manner that answers the n-th message of a session as told, and everything else as a good server would. */
import type { PeerAnswer } from '@hikyaku/testkit/scripted-peer';

export const atMessage =
  (nth: number, answer: PeerAnswer) => (event: { kind: string; nth: number }) =>
    event.kind === 'message' && event.nth === nth ? answer : undefined;
