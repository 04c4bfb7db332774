/** The examples of this project's own knowledge of replies. Every row is a decision, not a guess. */
import type { GoldenSource } from './format.ts';

export const KNOWLEDGE: GoldenSource = {
  cite: null,
  replies: String.raw`
gmail.com rcpt unknown-user | 550-5.1.1 The email account that you tried to reach does not exist
gmail.com rcpt recipient-rate | 550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered
gmail.com rcpt mailbox-full | 452 4.2.2 The recipient's inbox is out of storage space
gmail.com dot source-rate | 421 4.7.28 Our system has detected an unusual rate of unsolicited mail
gmail.com dot source-rate | 421 4.7.28 This message exceeded its quota for sending messages with the same Message-ID
gmail.com dot auth | 550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy
outlook.com mail reputation | 550 5.7.1 Messages were not sent; part of the network is on our block list (S3150)
outlook.com mail reputation | 451 4.7.650 The mail server has been temporarily rate limited due to IP reputation
outlook.com rcpt unknown-user | 550 5.5.0 Requested action not taken: mailbox unavailable
outlook.com dot auth | 550 5.7.515 Access denied, the domain does not meet the required authentication level
yahoo.com mail reputation | 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred
yahoo.com dot inactive | 554 30 Sorry, your message to x@yahoo.com cannot be delivered. This mailbox is disabled (554.30)
yahoo.com mail session-limit | 421 Max message per connection reached
icloud.com rcpt mailbox-full | 552 5.2.2 user is over quota
docomo.ne.jp rcpt unknown-user | 550 Unknown user x
docomo.ne.jp dot recipient-filter | 550 Unknown user x
docomo.ne.jp rcpt mailbox-full | 552 Too much mail data
docomo.ne.jp rcpt recipient-limit | 552 Too many recipients
docomo.ne.jp rcpt recipient-limit | 554 Transaction failed
ezweb.ne.jp rcpt unknown-user | 550 <x>: User unknown
au.com rcpt unknown-user | 550 <x@au.com>: User unknown
ezweb.ne.jp dot recipient-filter | 550 : User unknown
softbank.ne.jp rcpt unknown-user | 550 Invalid recipient: <x>
example.com rcpt recipient-limit | 452 4.5.3 Error: too many recipients
example.com rcpt reputation | 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org
example.com rcpt reputation | 550 5.2.1 Mailbox unavailable. Your IP address is blacklisted
example.com rcpt reputation | 550 Too many invalid recipients
example.com rcpt reputation | 550 permanent failure for one or more recipients (x:blocked)
example.com dot reputation | 550 permanent failure for one or more recipients (x@example.com:blocked)
example.com rcpt greylist | 451 4.7.1 Greylisting in action, please come back later
example.com rcpt domain-bad | 556 5.1.10 Recipient address has null MX
`,
};
