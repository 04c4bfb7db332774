export {
  type Address,
  halfWidth,
  type NormalisedAddress,
  type NormaliseOptions,
  normaliseAddress,
  normaliseDomain,
} from './address.ts';
export { allowsIllegalDots } from './carriers.ts';
export { type CleaningVerdict, cleaningVerdict, type DeadMailboxHit } from './cleaning.ts';
export {
  COLUMNS_MAX,
  type Column,
  type ColumnGuess,
  type ColumnMapping,
  guessColumns,
  type HeaderProblem,
  headerProblem,
  isMapping,
} from './columns.ts';
export { BOM, csvLine, csvText } from './csv.ts';
export {
  type BinaryKind,
  type Delimiter,
  type DetectedEncoding,
  detectDelimiter,
  detectEncoding,
} from './encoding.ts';
export { fieldKey, fieldKeys, isFieldKey } from './field-key.ts';
export { REFUSAL_CODES, type RefusalCode, refusalKey } from './refusals.ts';
export {
  FIELD_MAX,
  fieldValue,
  isBlankRow,
  type RecipientRow,
  type RefusedRow,
  readRow,
} from './rows.ts';
export {
  type ExclusionReason,
  exclusionReason,
  mayRelease,
  type ReleaseVerdict,
  type Role,
  releaseVerdict,
  SUPPRESSION_REASONS,
  type SuppressionReason,
  strongerReason,
} from './suppression.ts';
