/**
 * What a server offers in its EHLO reply. Accepts `KEYWORD params` and the old `KEYWORD=params`. RFC 5321 §4.1.1.1,
 * RFC 1870 (SIZE), RFC 9422 (LIMITS).
 */
export type Capabilities = {
  hasPipelining: boolean;
  hasEightBitMime: boolean;
  hasSmtpUtf8: boolean;
  hasStartTls: boolean;
  hasEnhancedStatusCodes: boolean;
  hasSize: boolean;
  /** The SIZE announced; undefined where none, or 0, was. */
  sizeMaxBytes: number | undefined;
  /** Mechanisms in capitals, in the server's order. */
  authMechanisms: readonly string[];
  /** RFC 9422. */
  recipientsMax: number | undefined;
  transactionsMax: number | undefined;
  recipientDomainsMax: number | undefined;
};

export const noCapabilities: Readonly<Capabilities> = {
  hasPipelining: false,
  hasEightBitMime: false,
  hasSmtpUtf8: false,
  hasStartTls: false,
  hasEnhancedStatusCodes: false,
  hasSize: false,
  sizeMaxBytes: undefined,
  authMechanisms: [],
  recipientsMax: undefined,
  transactionsMax: undefined,
  recipientDomainsMax: undefined,
};

/**
 * Reads the lines of an EHLO reply (without codes; the first, the server's name, is passed over).
 * @param off keywords in capitals to be ignored, because this host breaks on them.
 */
export function parseCapabilities(
  lines: readonly string[],
  off: readonly string[] = [],
): Capabilities {
  const found: Capabilities = { ...noCapabilities };
  const mechanisms = new Set<string>();
  for (const line of lines.slice(1)) {
    const [first = '', ...params] = line
      .trim()
      .toUpperCase()
      .split(/[\s=]+/);
    if (off.includes(first)) continue;
    switch (first) {
      case 'PIPELINING':
        found.hasPipelining = true;
        break;
      case '8BITMIME':
        found.hasEightBitMime = true;
        break;
      case 'SMTPUTF8':
        found.hasSmtpUtf8 = true;
        break;
      case 'STARTTLS':
        found.hasStartTls = true;
        break;
      case 'ENHANCEDSTATUSCODES':
        found.hasEnhancedStatusCodes = true;
        break;
      case 'SIZE':
        found.hasSize = true;
        found.sizeMaxBytes = positive(params[0]);
        break;
      case 'AUTH':
        for (const mechanism of params) mechanisms.add(mechanism);
        break;
      case 'LIMITS':
        readLimits(line, found);
        break;
    }
  }
  found.authMechanisms = [...mechanisms];
  return found;
}

function readLimits(line: string, found: Capabilities): void {
  for (const pair of line.trim().toUpperCase().split(/\s+/).slice(1)) {
    const [name, value] = pair.split('=');
    if (name === 'RCPTMAX') found.recipientsMax = positive(value);
    if (name === 'MAILMAX') found.transactionsMax = positive(value);
    if (name === 'RCPTDOMAINMAX') found.recipientDomainsMax = positive(value);
  }
}

function positive(digits: string | undefined): number | undefined {
  if (digits === undefined || !/^\d{1,15}$/.test(digits)) return undefined;
  return Number(digits) || undefined;
}
