/** All golden replies: cited ones first, then those of this project's knowledge, then synthetic ones. */
import { CARRIERS } from './cited/carriers.ts';
import { FIELD_MANUAL } from './cited/field-manual.ts';
import { GOOGLE } from './cited/google.ts';
import { HANDBOOKS } from './cited/handbooks.ts';
import { MICROSOFT } from './cited/microsoft.ts';
import { SISIMAI } from './cited/sisimai.ts';
import { YAHOO_APPLE } from './cited/yahoo-apple.ts';
import { ZONE_MTA } from './cited/zone-mta.ts';
import { readGolden } from './format.ts';
import { KNOWLEDGE } from './knowledge.ts';
import { SYNTHETIC } from './synthetic.ts';

export const CITED = [
  ...GOOGLE,
  ...MICROSOFT,
  ...YAHOO_APPLE,
  ...CARRIERS,
  ...HANDBOOKS,
  ...SISIMAI,
  ...FIELD_MANUAL,
  ...ZONE_MTA,
].flatMap(readGolden);

/** Every example of the knowledge file: what the project has decided these replies mean. */
export const KNOWN = readGolden(KNOWLEDGE);

export const MADE_UP = readGolden(SYNTHETIC);

export const GOLDEN = [...CITED, ...KNOWN, ...MADE_UP];

export type { GoldenCase } from './format.ts';
