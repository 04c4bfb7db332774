/** What Japan's mobile carriers say, as senders and providers there have published it. */
import type { GoldenSource } from '../format.ts';

export const CARRIERS: readonly GoldenSource[] = [
  {
    cite: 'https://note.com/sendmagic/n/neb6bbe7e51cf',
    replies: String.raw`
docomo.ne.jp dot format | 500 Line Too Long
docomo.ne.jp rcpt unknown-user | 550 Unknown user xxx@docomo.ne.jp
docomo.ne.jp dot mailbox-full | 552 Too much mail data xxx@docomo.ne.jp
`,
  },
  {
    cite: 'https://note.com/sendmagic/n/n875d8dcb6cb8',
    replies: String.raw`
ezweb.ne.jp rcpt unknown-user | 550 <xxx@ezweb.ne.jp>: User unknown
ezweb.ne.jp rcpt bad-address | 554 <xx!xx@ezweb.ne.jp>: Relay access denied
`,
  },
  {
    cite: 'https://moneytimes.jp/archives/185548/2',
    replies: String.raw`
docomo.ne.jp dot recipient-filter | 550 Unknown user
softbank.ne.jp rcpt unknown-user | 550 Invalid recipient
`,
  },
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/nttdocomo.rb',
    replies: String.raw`
docomo.ne.jp data protocol | 503 Bad sequence of commands
docomo.ne.jp rcpt recipient-limit | 552 too many recipients
`,
  },
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/kddi.rb',
    replies: String.raw`
au.com dot recipient-filter | 550 : User unknown
au.com rcpt unknown-user | 550 <...>: User unknown
`,
  },
];
