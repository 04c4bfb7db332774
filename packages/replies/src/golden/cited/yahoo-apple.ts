/** What Yahoo, AOL and Apple say. */
import type { GoldenSource } from '../format.ts';

export const YAHOO_APPLE: readonly GoldenSource[] = [
  {
    cite: 'https://smtp.codes/yahoo',
    replies: String.raw`
yahoo.com greeting server-temporary | 421 Service not available, closing transmission channel
yahoo.com mail session-limit | 421 Max message per connection reached, closing transmission channel
yahoo.com mail reputation | 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes
yahoo.com rcpt recipient-rate | 450 User is receiving mail too quickly
yahoo.com rcpt server-temporary | 451 mta1.example Resources temporarily unavailable. Please try again later [#4.16.1].
yahoo.com dot server-temporary | 451 4.3.2 Internal server error
`,
  },
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/yahooinc.rb',
    replies: String.raw`
yahoo.com mail sender-bad | 451 Message temporarily deferred due to unresolvable RFC.5321 from domain. See https://senders.yahooinc.com/error-codes#unresolvable-from-domain
yahoo.com mail reputation | 553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.25, because the ip is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html
yahoo.com mail reputation | 553 5.7.2 [TSS09] All messages from 192.0.2.25 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes
yahoo.com mail reputation | 553 5.7.2 [TSS11] All messages from 192.0.2.25 will be permanently deferred; Retrying will NOT succeed. See https://postmaster.yahooinc.com/error-codes
yahoo.com dot spam-content | 554 Message not allowed - [PH01] Email not accepted for policy reasons. Please visit https://postmaster.yahooinc.com/error-codes
yahoo.com dot auth | 550 5.7.9 This mail has been blocked because the sender is unauthenticated. Yahoo requires all senders to authenticate with either SPF or DKIM.
aol.jp dot inactive | 554 30 Sorry, your message to x@aol.jp cannot be delivered. This mailbox is disabled (554.30)
yahoo.com dot unknown-user | 552 1 Requested mail action aborted, mailbox not found
yahoo.com rcpt relay | 550 relaying denied for <x@yahoo.com>
yahoo.com dot inactive | 554 delivery error: dd x@yahoo.com is no longer valid.
`,
  },
  {
    cite: 'https://help.yahoo.com/kb/index?page=content&y=PROD_MAIL_MOBILE&locale=en_US&id=SLN3436',
    replies: String.raw`
yahoo.com mail reputation | 421 4.7.1 [TS03] All messages from 192.0.2.1 permanently deferred
`,
  },
  {
    cite: 'https://smtp.codes/icloud',
    replies: String.raw`
icloud.com rcpt recipient-rate | 421 4.7.1 Messages to x@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137
icloud.com rcpt server-temporary | 451 4.7.1 Service unavailable - try again later
me.com rcpt unknown-user | 550 5.1.1 <x@me.com>: user does not exist
icloud.com dot reputation | 550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137
icloud.com dot auth | 550 5.7.1 Your message was rejected due to example.com DMARC policy.
icloud.com dot reputation | 550 5.7.1 Your email was rejected due to having a domain present in the Spamhaus DBL -- see https://www.spamhaus.org/dbl/
`,
  },
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/apple.rb',
    replies: String.raw`
icloud.com dot auth | 554 5.7.1 [HME1] This message was blocked for failing both SPF and DKIM authentication checks. See https://support.apple.com/en-us/HT204137 for mailing best practices
icloud.com mail reputation | 550 5.7.0 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.2
icloud.com mail reputation | 550 5.7.1 Mail from IP 192.0.2.1 was rejected due to listing in Spamhaus SBL. For details please see http://www.spamhaus.org/query/bl?ip=192.0.2.1
icloud.com rcpt sender-bad | 450 4.1.8 <b@example.jp>: Sender address rejected: Domain not found
`,
  },
];
