/**
 * A tenant's HTML as a document for a sandboxed frame: no scripts, no forms, no network, whatever it says.
 * The frame has an opaque origin (sandbox without allow-same-origin); the policy here comes on top of ours.
 */

/**
 * `nonce` is that of our own page: a srcdoc frame inherits its policy, which allows style sheets with it only. It opens
 * nothing else here, since scripts are off in the frame.
 */
export function previewDocument(html: string, nonce: string | undefined): string {
  const styled = nonce ? html.replace(/<style\b/gi, `<style nonce="${nonce}"`) : html;
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">${styled}`;
}

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');
