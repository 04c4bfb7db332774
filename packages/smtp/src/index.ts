export { type Capabilities, noCapabilities, parseCapabilities } from './capabilities.ts';
export type { Piece } from './commands.ts';
export type { Command, Disposition, Failure, Permanence, Reason, Scope } from './outcome.ts';
export { decodeReplyText, findEnhancedCode, Reply, replyOf } from './reply.ts';
export { type OpeningResult, Session, type SessionSettings, type Transport } from './session.ts';
export type {
  EndReason,
  SessionCounts,
  SessionEnd,
  SessionFailure,
  SessionInfo,
} from './session-end.ts';
export { defaultTimeouts, type Limits, type Quirks, type Timeouts } from './settings.ts';
export type {
  RecipientResult,
  SessionWork,
  Transaction,
  TransactionResult,
  TransactionTimings,
} from './transaction.ts';
export type { TranscriptEntry } from './transcript.ts';
