/**
 * Domains of Japanese mobile carriers whose addresses may have dots where RFC 5322 forbids them
 * (`a..b@`, `.a@`, `a.@`): docomo and au gave them out until 2009 and they are in daily use; the
 * other carriers' domains are listed because their numbers and addresses move between companies.
 */
const CARRIER_DOMAINS: ReadonlySet<string> = new Set([
  // NTT docomo
  'docomo.ne.jp',
  'mopera.net',
  // KDDI: au, UQ mobile, Tu-Ka
  'ezweb.ne.jp',
  'au.com',
  'uqmobile.jp',
  'ido.ne.jp',
  'sky.tkk.ne.jp',
  'sky.tkc.ne.jp',
  'sky.tu-ka.ne.jp',
  // SoftBank, Vodafone, J-PHONE, Disney Mobile
  'softbank.ne.jp',
  'i.softbank.jp',
  'vertuclub.ne.jp',
  'disney.ne.jp',
  'disneymobile.ne.jp',
  'vodafone.ne.jp',
  'jp-d.ne.jp',
  'jp-h.ne.jp',
  'jp-t.ne.jp',
  'jp-c.ne.jp',
  'jp-r.ne.jp',
  'jp-k.ne.jp',
  'jp-n.ne.jp',
  'jp-s.ne.jp',
  'jp-q.ne.jp',
  // Y!mobile, WILLCOM, EMOBILE
  'ymobile.ne.jp',
  'ymobile1.ne.jp',
  'y-mobile.ne.jp',
  'yahoo.ne.jp',
  'pdx.ne.jp',
  'willcom.com',
  'wcm.ne.jp',
  'emnet.ne.jp',
  'emobile.ne.jp',
  'emobile-s.ne.jp',
  // Rakuten Mobile
  'rakumail.jp',
]);

// Handsets of one region or model: `d.vodafone.ne.jp`, `dk.pdx.ne.jp`, `a2.ezweb.ne.jp`.
const CARRIER_PARENTS = ['vodafone.ne.jp', 'pdx.ne.jp', 'ezweb.ne.jp'];

/** Whether a carrier of this domain accepts dots anywhere in a local part. `domain` in lower case. */
export function allowsIllegalDots(domain: string): boolean {
  if (CARRIER_DOMAINS.has(domain)) return true;
  return CARRIER_PARENTS.some((parent) => domain.endsWith(`.${parent}`));
}
