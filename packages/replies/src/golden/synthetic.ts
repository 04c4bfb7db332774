/** Synthetic: help pages, addresses that look like words, our own name, classes that contradict. A hasty rule gets them wrong. */
import type { GoldenSource } from './format.ts';

export const SYNTHETIC: GoldenSource = {
  cite: null,
  replies: String.raw`
ezweb.ne.jp rcpt server-temporary | 450 4.2.1 <x@ezweb.ne.jp>: Mailbox busy, try again later
example.com rcpt unknown-user | 550 5.1.1 <spam@example.com>: Recipient address rejected: User unknown
example.com rcpt unknown-user | 550 5.1.1 <blocked@example.com> User unknown
gmail.com rcpt unknown-user | 550 5.1.1 The email account that you tried to reach does not exist. Learn more at https://support.google.com/mail/?p=NoSuchUser&why=blocked-spam
example.com rcpt reputation | 550 5.1.1 Rejected, see https://www.spamhaus.org/query/ip/192.0.2.1
example.com rcpt unknown-user own=192.0.2.1 | 550 5.1.1 User unknown (client 192.0.2.10)
example.com rcpt reputation own=192.0.2.1 | 550 5.1.1 No mail for 192.0.2.1 here
example.com rcpt sender-bad | 450 4.1.8 <b@hikyaku.example>: Sender address rejected: Domain not found
example.com rcpt relay | 554 5.7.1 <x@example.com>: Relay access denied
example.com rcpt inactive | 550 5.7.1 Mailbox is blocked
example.com rcpt unclassified | 550 Something that nobody has seen before
example.com rcpt unclassified | 550
example.com greeting reputation | 554 5.7.1 No mail today
example.com greeting server-temporary | 554 mx.example.com
example.com dot unknown-user | 550 5.1.1 User unknown
example.com rcpt server-temporary | 450 5.1.1 Try later
yahoo.co.jp rcpt unknown-user | 550 This user doesn't have an account
example.co.jp rcpt unknown-user mx=example-co-jp.mail.protection.outlook.com. | 550 5.4.1 Recipient address rejected: Access denied
qq.com mail source-rate | 550 Ip frequency limited
gmail.com dot source-rate | 550 5.4.5 Daily sending quota exceeded.
example.com rcpt unknown-user | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient x not found
example.com rcpt recipient-filter | 550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission
gmx.de greeting auth | 554-No SMTP service\r\n554-Bad DNS PTR resource record.
example.com rcpt inactive | 550 Account blocked due to inactivity
example.com rcpt mailbox-full | 554 5.7.1 : Recipient address rejected: Mail-box is full
yahoo.co.jp dot unknown-user | 554 delivery error: dd This user doesn't have a yahoo.co.jp account
gmail.com rcpt mailbox-full | 550-5.1.1 The email account that you tried to reach is over quota
example.com rcpt sender-bad | 550-Verification failed for <b@x.example>\r\n550-No Such User Here\r\n550 Sender verify failed
example.com rcpt mailbox-full | 550 recipient rejected: mailbox would exceed maximum allowed storage
example.com rcpt recipient-filter | 550 Account disabled temporarily for exceeding receiving limits
example.com rcpt server-temporary | 450 4.1.1 <x@example.com>: Recipient address rejected: unverified address: Address verification in progress
example.com rcpt auth | 451 4.1.8 Possibly forged hostname for 192.0.2.1
example.com rcpt source-rate | 452 Too many recipients received this hour
example.com rcpt sender-bad | 550 5.0.0 Invalid MAIL FROM
example.com rcpt unknown-user | 553 5.3.0 <x@example.com>... Addressee unknown
example.com dot recipient-filter | 571 Delivery not authorized, message refused
example.com dot inactive | 554 5.2.0 STOREDRV.Deliver.Exception:AccountDisabledException.MapiExceptionAccountDisabled
example.com rcpt relay | 550 not an open relay, so get lost
example.com mail reputation | 554 Sender domain listed at dbl.example
example.com dot server-temporary | 554 Transaction failed, internal error
example.com rcpt reputation | 550 5.1.1 Mailbox does not exist, message blocked by administrator
`,
};
