/** Replies out of the SMTP Field Manual, a public collection by senders: the file of each, addresses as redacted there. */
import type { GoldenSource } from '../format.ts';

export const FIELD_MANUAL: readonly GoldenSource[] = [
  {
    cite: 'https://github.com/ActiveCampaign/smtp-field-manual/blob/67831a2e3a81cfacd8038a00cb389714a62e9342/data/codes/',
    replies: String.raw`
outlook.com greeting server-temporary @421.json | 421 4.3.2 Service not available [outlook.com]
yandex.ru rcpt server-temporary @421.json | 421 4.4.2 mail.yandex.net Error: timeout exceeded
me.com mail protocol @421.json | 421 4.7.0 me.com Error: too many errors
example.com greeting connection-limit @421.json mx=example-com.mail.protection.outlook.com | 421 4.3.2 The maximum number of concurrent connections per resource forest has exceeded a limit, closing transmission channel. example.com. PRX8 [example.com]
example.com rcpt server-temporary @421.json | 421 4.1.1 <email@example.com>: Recipient address rejected: unverified address: host example.com[192.0.2.1] said: 450 4.1.1 <email@example.com>: Recipient address rejected: unverified address: lost connection with mail.example.com
outlook.com rcpt source-rate @450.json | 450 4.7.3 Organization queue quota exceeded. [outlook.com]
yandex.ru rcpt recipient-rate @450.json | 450 4.2.1 The recipient has exceeded message rate limit. Try again later.
comcast.net rcpt server-temporary @450.json | 450 4.2.0 <example@comcast.net> - Recipient temporarily unavailable
example.com rcpt greylist @450.json | 450 4.2.0 <email@example.com>: Recipient address rejected: example.com greylisted for 60 seconds by ZEROSPAM
outlook.com dot server-temporary @451.json | 451 4.3.2 Temporary server error. Please try again later ATTR17 [outlook.com]
outlook.com dot server-temporary @451.json | 451 4.4.0 Message failed to be replicated: No healthy secondary server available to accept replica at this time. [outlook.com]
example.com rcpt unknown-user @451.json | 451 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#451 [#]
example.com rcpt relay @451.json | 451 Open relay not allowed - https://community.mimecast.com/docs/DOC-1369#451 [#]
example.com rcpt greylist @451.json | 451 4.7.1 <email@example.com>: Recipient address rejected: Greylisted for 5 minutes
yahoo.com rcpt server-temporary @452.json | 452 temporary domain failure <example@example.com>
zoho.com rcpt recipient-filter @452.json | 452 <example@zoho.com> Mailbox delivery restricted by policy error
comcast.net rcpt recipient-rate @452.json | 452 4.1.1 <example@comcast.net> too many recent messages; Try again later
comcast.net rcpt mailbox-full @452.json | 452 4.1.1 <example@comcast.net> user over quota
outlook.com rcpt bad-address @501.json | 501 5.1.3 Invalid address [outlook.com]
qq.com rcpt bad-address @501.json | 501 Bad address syntax. http://service.exmail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000730
orange.fr mail sender-bad @501.json | 501 5.1.0 Emetteur invalide. Invalid Sender. OFR004_405 [405]
rambler.ru rcpt inactive @540.json | 540 5.7.1 <example@rambler.ru>: recipient address rejected: Inactive
comcast.net rcpt unknown-user @550.json | 550 5.1.1 <example@comcast.net> recipient mailbox unallocated
comcast.net dot auth @550.json | 550 5.2.0 Message rejected due to DMARC. Please see http://postmaster.comcast.net/smtp-error-codes.php#DM000001
outlook.com mail reputation @550.json | 550 5.7.1 Service unavailable, MailFrom domain is listed in Spamhaus. To request removal from this list see https://www.spamhaus.org/query/lookup/ (S8002) [#.eop-nam02.prod.protection.outlook.com]
outlook.com rcpt unknown-user @550.json | 550 5.4.1 All recipient addresses rejected : Access denied [#.eop-nam02.prod.protection.outlook.com]
mail.ru rcpt inactive @550.json | 550 Message was not accepted -- invalid mailbox. Local mailbox example@mail.ru is unavailable: account is disabled
yandex.ru rcpt recipient-filter @550.json | 550 5.7.1 Policy rejection on the target address
att.net rcpt unknown-user @550.json | 550 5.2.1 <EXAMPLE@PRODIGY.NET>... Addressee unknown, relay=[192.0.2.1]
att.net rcpt bad-address @550.json | 550 5.2.1 <example@prodigy.net>... blank mailhost - invalid address, relay=[192.0.2.1]
zoho.com rcpt unknown-user @550.json | 550 5.1.1 <example@zoho.com> User unknown
free.fr dot spam-content @550.json | 550 spam detected
free.fr rcpt mailbox-full @550.json | 550 5.2.2 user quota exceeded
free.fr rcpt inactive @550.json | 550 5.2.1 This mailbox has been blocked due to inactivity
example.com rcpt unknown-user @550.json | 550 5.1.1 Email address could not be found, or was misspelled (G8)
proton.me dot spam-content @550.json | 550 5.7.1 Rejected by spam filter
example.com dot spam-content @550.json | 550 5.7.1 Message considered as SPAM
web.de mail sender-bad @550.json | 550 <example@example.com>: Invalid DNS MX or A/AAAA resource record
example.com mail auth @550.json | 550 DMARC Sender Invalid - envelope rejected - https://community.mimecast.com/docs/DOC-1369#550 [#]
example.com rcpt unknown-user @550.json | 550 5.1.1 <email@example.com>: Recipient address rejected: undeliverable address: host example.com[192.0.2.1] said: 550 5.1.1 <email@example.com>: Recipient address rejected: user unknown
example.com rcpt unknown-user @550.json | 550 5.1.1 - This is not a valid email address. Please verify that you have the correct email address for your recipient.
example.com rcpt sender-bad @550.json | 550 5.5.2 <email@example.com>: Sender address rejected: need fully-qualified address
example.com dot auth @550.json | 550 5.7.0 Email rejected per sender's DMARC policy
example.com rcpt unknown-user @550.json | 550 5.7.1 <email@example.com>: Recipient address rejected: User email address is marked as invalid.
example.com rcpt reputation @550.json | 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using prs.proofpoint.com
example.com rcpt reputation @550.json | 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using Cloudmark Sender Intelligence (Visit http://csi.cloudmark.com/reset-request/ if you feel this is in error)
example.com mail reputation @550.json mx=example-com.mail.protection.outlook.com | 550 5.7.1 Service unavailable, Helo domain is listed in Spamhaus. To request removal from this list see https://www.spamhaus.org/query/lookup/ (S8001) [#.prod.protection.outlook.com]
example.com rcpt unknown-user @550.json | 550 cuda_nsu 5.1.1 <email@example.com>... User unknown
example.com rcpt unknown-user @550.json | 550 Invalid recipient <email@example.com> (#5.1.1)
example.com dot auth @550.json | 550 5.7.26 <example@example.com>: ETP205 DMARC Failure for domain
example.com dot reputation @551.json | 551 5.7.1 Due to the very low reputation of the sending domain, this message has been blocked (Code 2).
example.com rcpt server-config @551.json | 551 5.7.1 Loop detected: Email is sent and forwarded from/to improvmx.com. (#id-5.9.0)
example.com rcpt domain-bad @551.json | 551 5.7.1 Domain not found (#id-5.9.2)
zoho.com rcpt recipient-filter @552.json | 552 5.1.1 <example@zoho.com> Mailbox delivery failure policy error
zoho.com dot spam-content @552.json | 552 5.7.1 virus [name] detected by Zoho Mail
yandex.ru rcpt mailbox-full @552.json | 552 5.2.2 Mailbox size limit exceeded
comcast.net rcpt mailbox-full @552.json | 552 5.1.1 <example@comcast.net> recipient rejected - extended quota violation
gmx.de rcpt mailbox-full @552.json | 552 Requested mail action aborted: exceeded storage allocation Quota exceeded.
gmail.com rcpt bad-address @553.json | 553 5.1.2 The recipient address <example@example.com> is not a valid RFC-5321 address. - gsmtp
example.com dot spam-content @553.json | 553 Message filtered. Refer to the Troubleshooting page at http://www.symanteccloud.com/troubleshooting for more information. (#5.7.1)
example.com rcpt relay @553.json | 553 you are trying to use me [xx.messagelabs.com] as a relay, but I have not been configured to let you [192.0.2.1, example.com] do this.
outlook.com dot recipient-rate @554.json | 554 5.2.122 The recipient has exceeded their limit for the number of messages they can receive per hour. For more information go to http://go.microsoft.com/fwlink/?LinkId=526653. (#) [outlook.com]
outlook.com dot recipient-rate @554.json | 554 5.2.121 The sender has exceeded the limit for the number of messages they can send to this recipient per hour. For more information go to http://go.microsoft.com/fwlink/?LinkId=526653. [#.prod.outlook.com #]
yahoo.com dot format @554.json | 554 Message not allowed - Headers are not RFC compliant[291]
yandex.ru dot spam-content @554.json | 554 5.7.1 [1] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc ##
zoho.com dot spam-content @554.json | 554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.
free.fr rcpt mailbox-full @554.json | 554 5.2.2 <example@free.fr>: Recipient address rejected: Quota exceeded (mailbox for user is full)
comcast.net greeting reputation @554.json | 554 xx.comcast.net comcast 192.0.2.1 Comcast block for spam. Please see http://postmaster.comcast.net/smtp-error-codes.php#BL000000
example.com rcpt unknown-user @554.json | 554 5.7.1 <example@example.com>: Recipient address rejected: Invalid-Recipient.
example.com dot spam-content @554.json | 554 rejected due to spam URL in content
example.com rcpt unknown-user @554.json | 554 5.7.1 <email@example.com>: Recipient address rejected: Not in recipient list
`,
  },
];
