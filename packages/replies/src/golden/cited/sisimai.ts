/**
 * Bounces out of sisimai's public collection of real mails: the reply that stands in each file, addresses as redacted there.
 * Phase: the command that the file names, else where such a text is said; categories are our own reading of the texts.
 */
import type { GoldenSource } from '../format.ts';

export const SISIMAI: readonly GoldenSource[] = [
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/set-of-emails/maildir/bsd/',
    replies: String.raw`
example.co.jp rcpt unknown-user @lhost-amavis-01.eml | 550 5.1.1 <neko@example.co.jp>: Recipient address rejected: User unknown in virtual mailbox table
example.co.jp dot spam-content @lhost-amavis-03.eml | 554 5.7.0 Reject, id=20025-09 - SPAM
example.org rcpt reputation @lhost-amazonses-14.eml | 554 5.7.1 <a8-95.smtp-out.amazonses.com[203.0.113.22]>: Client host rejected: blocked using mail.neko.example.org; Please see http://mail.neko.example.org/rbl/?ip=203.0.113.22 to send.
example.com rcpt reputation @lhost-amazonses-16.eml | 521-5.7.1 Service unavailable; client [203.0.113.225] blocked using dnsbl.sorbs.net\r\n521 5.7.1 Please see http://support.mailhostbox.com/email-administrators-guide-error-codes/ for explanation of the problem.
gmail.com rcpt inactive @lhost-amazonses-20.eml | 550-5.2.1 The email account that you tried to reach is disabled. Learn more at\r\n550 5.2.1  https://support.google.com/mail/?p=DisabledUser 000000000000eee.000 - gsmtp
example.com rcpt relay @lhost-amazonses-21.eml | 554 5.7.1 <kijitora@example.com>: Relay access denied
example.co.jp rcpt mailbox-full @lhost-aol-02.eml | 550 5.2.2 <kijitora@example.co.jp>... Mailbox Full
example.jp dot spam-content @lhost-barracuda-01.eml | 550 5.7.1 Message content rejected, UBE, id=00000-22-225
example.org rcpt unknown-user @lhost-bigfoot-02.eml | 553 Invalid recipient kijitora@example.org (Mode: normal)
example.jp rcpt unknown-user @lhost-exchange2007-01.eml | 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found
example.jp dot mailbox-full @lhost-exchange2007-02.eml | 550 5.2.2 STOREDRV.Deliver: mailbox full. The following information should help identify the cause: "MapiExceptionShutoffQuotaExceeded:00.00000:FF000000
example.jp dot too-big @lhost-exchange2007-03.eml | 550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient
example.jp dot recipient-filter @lhost-exchange2007-04.eml | 550 5.7.1 RESOLVER.RST.AuthRequired; authentication required
example.jp mail reputation @lhost-exim-01.eml | 550 5.7.0 <shironeko@example.jp>... Please use the smtp server of your ISP.
example.jp dot format @lhost-exim-03.eml | 554 5.7.0 Header error
example.jp mail auth @lhost-exim-29.eml | 550 Bad SPF records for [example.org:192.0.2.2], see http://spf.pobox.com/
exmaple.ch rcpt recipient-filter @lhost-exim-30.eml | 554 5.7.1 <kijitora@exmaple.ch>: Recipient address rejected: Access denied
example.net greeting auth @lhost-exim-32.eml | 571 No PTR Record found. Reverse DNS required: 203.0.113.22
comcast.net greeting auth @lhost-exim-33.eml | 554 mta1.comcast.net comcast 203.0.113.2 Comcast requires that all mail servers must have a PTR record with a valid Reverse DNS entry. Currently your mail server does not fill that requirement. For more information, refer to: http://postmaster.comcast.net/smtp
example.com mail auth @lhost-exim-34.eml | 554 5.7.1 Reverse DNS failed.
example.com greeting reputation @lhost-exim-35.eml | 550 Access denied...7d39d5299584f4be161127e61f5f5400...
example.com mail sender-bad @lhost-exim-36.eml | 550 Unroutable sender address
example.net rcpt auth @lhost-exim-39.eml | 550-Your message was rejected by this system and was not delivered.\r\n550-Reason: This system will not accept messages from servers/devices with no reverse DNS. IP=[203.0.113.2]\r\n550-Protection provided by: MagicMail version 2.0
example.org mail auth @lhost-exim-40.eml | 551 Server access mta.example.org forbidden by invalid RDNS record of your mail server (203.0.113.2).
example.com mail auth @lhost-exim-42.eml | 554 5.7.1 Reverse DNS lookup for host 203.0.113.22 failed permanently.
example.com mail auth @lhost-exim-43.eml | 550 5.7.1 Connections not accepted from servers without a valid sender domain. Fix reverse DNS for 203.0.113.2
example.com dot sender-bad @lhost-exim-45.eml | 550 5.2.0 <sironeko-nyaan@neko.example.com> From: Domain is invalid. Please provide a valid From: IB506  <http://example.com/506>
example.com greeting auth @lhost-exim-46.eml | 554 5.7.1 [C14] Missing reverse DNS for 203.0.113.2
example.net greeting reputation @lhost-exim-47.eml | 550-192.0.2.222 blocked by ldap:ou=nekochan,dc=example,dc=net\r\n550 Error - Blocked for abuse. See http://example.net/nyaan
example.com mail sender-bad @lhost-exim-50.eml | 550 5.1.7 No such domain neko.example.com.
example.com mail sender-bad @lhost-exim-51.eml | 553 5.1.0 neko22nyaan neko.example.com does not exist E2110
example.net greeting source-rate @lhost-exim-56.eml | 554 neko-22.nyaan.r.example.net : CAT : neko22 : CAT : You've reached your daily relay quota - 203.0.113.0
example.com dot format @lhost-exim-58.eml | 500 Line limit exceeded
example.com rcpt unknown-user @lhost-exim-61.eml | 550 5.1.1 <xxxx@xxxx.net>: Recipient address rejected: User unknown in local recipient table
facebook.com rcpt recipient-filter @lhost-facebook-03.eml | 550 5.1.1 RCP-P2 http://postmaster.facebook.com/response_codes?ip=192.0.2.135#rcp Refused due to recipient preferences
example.com rcpt unknown-user @lhost-gsuite-01.eml | 550 #5.1.0 Address rejected.
ezweb.ne.jp dot recipient-filter @lhost-gsuite-08.eml | 550 : User unknown
ezweb.ne.jp rcpt unknown-user @lhost-gsuite-09.eml | 550 <otsu-sakaba-hunter-neko-nyaaaaaaan@ezweb.ne.jp>: User unknown
example.com mail sender-bad @lhost-gsuite-11.eml | 501 5.1.8 Sender address rejected
gmail.com rcpt unknown-user @lhost-gsuite-14.eml | 550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550-5.1.1 double-checking the recipient's email address for typos or\r\n550-5.1.1 unnecessary spaces. Learn more at\r\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser y3si675602p
example.jp rcpt unknown-user @lhost-interscanmss-03.eml | 550 5.1.1 <kijitora@example.jp>... Invalid recipient
example.com rcpt unknown-user @lhost-mcafee-04.eml | 550 kijitora@example.com... No such user
example.co.jp rcpt unknown-user @lhost-mcafee-05.eml | 550 <kijitora-nyaan@example.co.jp>... User not exist
example.jp rcpt relay @lhost-messagelabs-01.eml | 550-Please turn on SMTP Authentication in your mail client.
example.jp dot mailbox-full @lhost-messagingserver-02.eml | 522 5.2.0 Delivery failed: Over quota
example.org rcpt unknown-user @lhost-messagingserver-03.eml | 550 5.7.1 550 User Unknown: sabineko@example.org
example.net dot auth @lhost-office365-03.eml | 550 5.1.0 192.0.2.222 is not allowed to send from <example.net> per it's SPF Record. Please inspect your SPF settings, and try again. IB508  <http://x.co/srbounce>
example.com rcpt unknown-user @lhost-office365-13.eml | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
hotmail.com rcpt unknown-user @lhost-outlook-08.eml | 550 Requested action not taken: mailbox unavailable (-0000000022:2222:-0000000022)
example.com mail auth @lhost-outlook-09.eml | 550 domain [example.com] mismatches client ip 192.0.2.225.
example.co.jp rcpt unknown-user @lhost-postfix-02.eml | 550 5.2.1 <filtered@example.co.jp>... User Unknown
example.co.jp rcpt unknown-user @lhost-postfix-04.eml | 550 5.1.1 Address rejected kijitora@example.co.jp
example.org rcpt unknown-user @lhost-postfix-05.eml | 450 4.1.1 <kijitora@example.org>: Recipient address rejected: User unknown in virtual alias table
example.jp mail connection-limit @lhost-postfix-09.eml | 452 4.3.2 Connection rate limit exceeded.
example.jp mail sender-bad @lhost-postfix-10.eml | 553 5.1.8 <root@vagrant-centos65.vagrantup.com>... Domain of sender address root@vagrant-centos65.vagrantup.com does not exist
example.go.jp rcpt moved @lhost-postfix-16.eml | 550 5.1.6 recipient no longer on server: kijitora@example.go.jp
gmail.com dot format @lhost-postfix-28.eml | 550-5.7.1 [2401:2500:102:3032:192.0.2.222      13] Messages with multiple\r\n550 5.7.1 addresses in From: header are not accepted. v14si1155795plk.134 - gsmtp
example.br rcpt unknown-user @lhost-postfix-30.eml | 550 5.4.1 [kijitora@example.br]: Recipient address rejected: Access denied [BL2NAM02FT061.eop-nam02.prod.protection.outlook.com]
libsisimai.org rcpt unknown-user @lhost-postfix-32.eml | 550 5.1.1 <"neko....nyaan...."@libsisimai.org>... User Unknown
example.com greeting reputation @lhost-postfix-38.eml | 554 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.225
example.com dot spam-content @lhost-postfix-39.eml | 554 5.6.0 This message has been scored as spam with a probability of more than 90%
example.com rcpt server-temporary @lhost-postfix-40.eml | 451 Could not load DRD for domain (example.com) rcpt (kijitora@example.com)
example.org data protocol @lhost-postfix-41.eml | 550 Protocol violation
example.com rcpt recipient-filter @lhost-postfix-42.eml | 550 Denied by policy
example.jp rcpt relay @lhost-postfix-44.eml | 501 Rcpt-To validation failed: RCPT TO not accepted: 5.7.1 This system is not configured to relay mail (r) from <nekonyaans@p2.example.com> to <kijitora@example.jp> for 127.0.0.1
ne.auone-net.jp rcpt unknown-user @lhost-postfix-46.eml | 550 <neko-nyaan@ne.auone-net.jp>: Recipient address rejected.
docomo.ne.jp rcpt recipient-limit @lhost-postfix-48.eml | 552 Too many recipients
example.com dot spam-content @lhost-postfix-51.eml | 550 5.7.0 Local Policy Violation
yahoo.co.jp dot inactive @lhost-postfix-52.eml | 554 delivery error: dd Sorry your message to kijitora@example.co.jp cannot be delivered. This account has been disabled or discontinued [#102]. - mta222.mail.neko.example.co.jp
docomo.ne.jp dot protocol @lhost-postfix-53.eml | 504 Command parameter not implemented
example.com mail reputation @lhost-postfix-54.eml | 550 5.7.1 Access denied
gmail.com dot reputation @lhost-postfix-58.eml | 550-5.7.1 [192.0.2.22      18] Our system has detected that this message is\r\n550-5.7.1 likely suspicious due to the very low reputation of the sending IP\r\n550 5.7.1 address. To best protect our users from spam, the message has been blocked.
gmail.com rcpt recipient-rate @lhost-postfix-59.eml | 550-5.2.1 The user you are trying to contact is receiving mail at a rate that\r\n550-5.2.1 prevents additional messages from being delivered. For more\r\n550-5.2.1 information, please visit\r\n550 5.2.1 https://support.google.com/mail/?p=ReceivingRatePerm p131si8414989
gmx.com greeting auth @lhost-postfix-60.eml | 554-mail.com (mxgmxus002) Nemesis ESMTP Service not available\r\n554-No SMTP service\r\n554-Bad DNS PTR resource record.\r\n554 For explanation visit http://postmaster.gmx.com/en/error-messages?ip=192.0.2.22&c=rdns
i.ua rcpt inactive @lhost-postfix-61.eml | 550 Mailbox is frozen. See http://mail.i.ua/err/3/
example.com dot spam-content @lhost-postfix-62.eml | 550 Virus Detected; Content Rejected
example.org dot mailbox-full @lhost-postfix-63.eml | 552 5.2.2 <neko@nyaaan.example.org> Quota exceeded (mailbox for user is full)
aol.com dot auth @lhost-postfix-66.eml | 554 5.7.9 Message not accepted for policy reasons. See https://postmaster.verizonmedia.com/error-codes
gmail.com dot auth @lhost-postfix-70.eml | 550-5.7.26 Unauthenticated email from libsisimai.org is not accepted due to\r\n550-5.7.26 domain's DMARC policy. Please contact the administrator of\r\n550 5.7.26 libsisimai.org domain if this was a legitimate mail.
icloud.com dot auth @lhost-postfix-71.eml | 554 5.7.1 Your message was rejected due to libsisimai.org's DMARC policy. See https://support.apple.com/en-us/HT204137 for info
mail.ru dot auth @lhost-postfix-72.eml | 550 5.7.1 This message was not accepted due to domain (libsisimai.org) owner DMARC policy (RFC 7489) https://help.mail.ru/mail-help/postmaster/dmarc
example.com dot auth @lhost-postfix-73.eml | 550 5.7.1 Email rejected per DMARC policy for libsisimai.org
yahoo.com mail reputation @lhost-postfix-74.eml | 421 4.7.0 [TSS04] Messages from 192.0.2.192 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.verizonmedia.com/error-codes
example.com rcpt unknown-user @lhost-postfix-76.eml | 550 User not found
example.com dot format @lhost-postfix-78.eml | 554 Transaction failed: Duplicate header 'DKIM-Signature'.
example.jp dot mailbox-full @lhost-qmail-08.eml | 552 Error: disk quota exceeded
outlook.com mail reputation @lhost-qmail-09.eml | 550 5.7.606 Access denied, banned sending IP [192.0.2.225]. To request removal from this list please visit https://sender.office.com and follow the directions. For more information please go to  http://go.microsoft.com/fwlink/?LinkID=526655 (AS16012609)
outlook.com dot auth @lhost-qmail-15.eml | 550 5.7.509 Access denied, sending domain [NQ.EXAMPLE.JP] does not pass DMARC verification and has a DMARC policy of reject.
libsisimai.net rcpt unknown-user @lhost-qmail-16.eml | 550 5.1.1 <userunknown@libsisimai.net>: Recipient address rejected: User unknown. See https://libsisimai.org/en/reason/#userunknown
libsisimai.net rcpt mailbox-full @lhost-qmail-17.eml | 552 5.2.2 <mailboxfull@libsisimai.net>: Recipient address rejected: Mailbox full. See https://libsisimai.org/en/reason/#mailboxfull
example.com rcpt unknown-user @lhost-receivingses-01.eml | 550 5.1.1 Mailbox does not exist
example.com rcpt server-temporary @lhost-receivingses-03.eml | 450 4.0.0 Temporary failure
example.com dot too-big @lhost-receivingses-05.eml | 552 5.3.4 Message too large
example.com dot spam-content @lhost-receivingses-06.eml | 500 5.6.1 Message content rejected
example.com dot too-big @lhost-receivingses-08.eml | 552 5.2.3 Message length exceeds limit set by recipient
example.com data protocol @lhost-sendmail-01.eml | 503 5.0.0 Need RCPT (recipient)
example.jp mail sender-bad @lhost-sendmail-04.eml | 553 5.1.8 <httpd@host1.mx.example.jp>... Domain of sender address httpd@host1.mx.example.jp does not exist
example.jp mail too-big @lhost-sendmail-05.eml | 552 5.2.3 Message size exceeds fixed maximum message size (10485760)
example.jp dot format @lhost-sendmail-06.eml | 550 5.6.9 improper use of 8-bit data in message header
example.org mail auth @lhost-sendmail-08.eml | 450 4.7.1 Access denied. IP name lookup failed [192.0.2.222]
example.ne.jp rcpt reputation @lhost-sendmail-10.eml | 450 4.7.1 <c135.kyoto.example.ne.jp[192.0.2.56]>: Client host rejected: may not be mail exchanger
example.ne.jp data protocol @lhost-sendmail-10.eml | 554 5.5.1 Error: no valid recipients
t-online.de greeting reputation @lhost-sendmail-16.eml | 554 IP=192.0.2.254 - A problem occurred. (Ask your postmaster for help or to contact neko@example.org to clarify.) (BL)
example.com greeting server-temporary @lhost-sendmail-17.eml | 450 busy - please try later
example.com rcpt unknown-user @lhost-sendmail-17.eml | 551 not our user
docomo.ne.jp rcpt unknown-user @lhost-sendmail-19.eml | 550 Unknown user kijitora@ntt.example.ne.jp
example.com dot server-config @lhost-sendmail-20.eml | 554 5.4.6 Too many hops
example.com rcpt unknown-user @lhost-sendmail-22.eml | 551 not our customer
mineo.jp rcpt unknown-user @lhost-sendmail-27.eml | 550 5.0.0 <this-local-part-does-not-exist-on-the-system@mineo.jp>... User unknown
uqmobile.jp rcpt unknown-user @lhost-sendmail-28.eml | 550 <this-local-part-does-not-exist-on-the-system@uqmobile.jp>: User unknown
gmail.com dot spam-content @lhost-sendmail-31.eml | 552-5.7.0 This message was blocked because its content presents a potential\r\n552-5.7.0 security issue. Please visit\r\n552 5.7.0  https://support.google.com/mail/answer/6590 to review our message
example.com rcpt unknown-user @lhost-sendmail-32.eml | 550 5.1.1 Requested action not taken: mailbox unavailable
example.com rcpt reputation @lhost-sendmail-33.eml | 550 5.7.1 IP address blacklisted by recipient
example.com rcpt inactive @lhost-sendmail-35.eml | 525 5.7.13 Disabled recipient address
yahoo.com dot unknown-user @lhost-sendmail-41.eml | 554 delivery error: dd This user doesn't have a yahoo.com account (this-local-part-does-not-exist@yahoo.com) [0] - mta1061.mail.ne1.yahoo.com
example.com mail server-temporary @lhost-sendmail-39.eml | 452 4.4.5 Insufficient disk space; try again later
orange.fr rcpt unknown-user @lhost-sendmail-45.eml | 550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]
laposte.net rcpt unknown-user @lhost-sendmail-46.eml | 550 5.5.0 Adresse destinataire invalide. Invalid recipient. LPN007_416
laposte.net mail protocol @lhost-sendmail-46.eml | 421 4.7.0 lpn-prd-vrin012 Error: too many errors
sfr.fr rcpt unknown-user @lhost-sendmail-48.eml | 550 5.7.1 <pseudo-local-part-kijitora-nyaan@sfr.fr>: Recipient address rejected: User unknown
au.com rcpt unknown-user @lhost-sendmail-49.eml | 550 <this-local-part-does-not-exist-on@au.com>: User unknown
gmail.com dot auth @lhost-sendmail-59.eml | 550-5.7.1 This message does not have authentication information or fails to pass\r\n550-5.7.1 authentication checks. To best protect our users from spam, the\r\n550 5.7.1 message has been blocked.
gmail.com dot auth @lhost-sendmail-60.eml | 550-5.7.26 The MAIL FROM domain [email.example.jp] has an SPF record with a hard fail\r\n550-5.7.26 policy (-all) but it fails to pass SPF checks with the ip:\r\n550 5.7.26 [203.0.113.22]. To best protect our users from spam and phishing, the message has been blocked.
example.org rcpt unknown-user @lhost-v5sendmail-05.eml | 550 Requested User Mailbox not found. No such user here.
example.edu mail reputation @lhost-v5sendmail-07.eml | 501 <shironeko@example.co.jp>... no access from mail server [192.0.2.55] which is an open relay.
example.com rcpt unknown-user @lhost-x3-01.eml | 553 5.3.0 <kijitora@example.com>... No such user here
nyaan.example.com rcpt unknown-user @rfc3464-35.eml | 550 'kijitora@nyaan.example.com' is not a registered gateway user
example.com rcpt server-temporary @rfc3464-43.eml | 451 4.3.0 This message could not be delivered due to a recipient error. Please try again later.
icloud.com rcpt mailbox-full @rhost-apple-03.eml | 552 5.2.2 <pseudo-local-part-of-apple-icloud-mail@icloud.com>: user is over quota
icloud.com rcpt inactive @rhost-apple-04.eml | 550 5.1.1 <pseudo-local-part-of-icloud@icloud.com>: inactive email address
cox.net mail reputation @rhost-cox-01.eml | 550 5.1.0 <bounce@mailer.cnt1.example.com> sender rejected. Refer to Error Codes section at https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CDRBL
orange.fr dot spam-content @rhost-franceptt-03.eml | 550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]
laposte.net rcpt inactive @rhost-franceptt-05.eml | 550 5.5.0 Le compte du destinataire est bloque. The recipient account is blocked. LPN007_426
wanadoo.fr greeting reputation @rhost-franceptt-06.eml | 550 mwinf5c04 ME Adresse IP source bloquee pour incident de spam. Client host blocked for spamming issues. OFR006_102 Ref http://csi.cloudmark.com/reset-request/?ip=10.0.0.1 [102]
laposte.net rcpt reputation @rhost-franceptt-12.eml | 554 5.7.1 <xxxx.xxxx.net>: Client host rejected: #216 lpn LPN000_630
example.com rcpt reputation @rhost-godaddy-02.eml | 553 http://www.spamhaus.org/query/bl?ip=192.0.2.222
example.com rcpt source-rate @rhost-godaddy-03.eml | 550 5.1.1 <kijitora@example.com>  - 198.51.100.225 has sent to too many recipients this hour. IB607  <http://x.co/rlbounce>
gmail.com dot auth @rhost-google-04.eml | 550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
gmail.com rcpt mailbox-full @rhost-google-05.eml | 552-5.2.2 The recipient's inbox is out of storage space and inactive. Please\r\n552-5.2.2 direct the recipient to\r\n552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm c2-202229zmZBNM3agi23.222 - gsmtp
gmail.com dot auth @rhost-google-06.eml | 550-5.7.25 [192.0.2.202] The IP address sending this message does not have a\r\n550-5.7.25 PTR record setup, or the corresponding forward DNS entry does not\r\n550 5.7.25 point to the sending IP.
gmail.com rcpt inactive @rhost-google-07.eml | 550-5.2.1 The email account that you tried to reach is inactive. For more\r\n550-5.2.1 information, go to\r\n550 5.2.1  https://support.google.com/mail/?p=DisabledUser neko-15789a6671ag7789128947.22 - gsmtp
gmail.com dot format @rhost-google-08.eml | 550-5.7.1 This message is not RFC 5322 compliant. There are multiple Subject\r\n550-5.7.1 headers. To reduce the amount of spam sent to Gmail, this message has\r\n550 5.7.1 been blocked.
outlook.com mail reputation @rhost-microsoft-05.eml | 451 4.7.650 The mail server [192.0.2.25] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.live.com (S3113)
example.com rcpt reputation @rhost-mimecast-01.eml | 554 Host network not allowed - https://community.mimecast.com/docs/DOC-1369#554 [z7qZw5BPd1zlDYHka4589ru.us222]
example.com dot spam-content @rhost-mimecast-02.eml | 554 email rejected due to security policies - MCSpamSignature.sa.2.2
docomo.ne.jp dot recipient-filter @rhost-nttdocomo-01.eml | 550 Unknown user azumakuniyuki@ntt.docomo.example.ne.jp
qq.com dot source-rate @rhost-tencent-01.eml | 550 Ip frequency limited [V2VkIEFwciAgMyAxNjozNjo1OSBKU1QgMjAxOQo=/RkNGMjlFQTVEQ0E Blocked IP 192.0.2.22]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725
qq.com dot source-rate @rhost-tencent-02.eml | 550 Connection frequency limited [Q1YzZ3kxdnRYYnpkbVZ0MAo+QTMzMTMzRjUxNzQ4Cg/MTI3MTY2MDge= Blocked IP 192.0.2.22]. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000722
qq.com dot auth @rhost-tencent-03.eml | 550 DMARC check failed. http://service.mail.qq.com/cgi-bin/help?subtype=1&&no=1001508&&id=16.
`,
  },
];
