/** Replies that ZoneMTA's authors noted beside their rules: most are blocks, and many look like dead mailboxes. */
import type { GoldenSource } from '../format.ts';

export const ZONE_MTA: readonly GoldenSource[] = [
  {
    cite: 'https://github.com/zone-eu/zone-mta/blob/cf94b992e3a5eb81f0bdf28455210227e68a44a9/config/bounces.txt',
    replies: String.raw`
example.com rcpt reputation | 550-"JunkMail rejected - [hostname] [11.2.3.4]:24706 is in an RBL: Blocked - see https://www.spamcop.net/bl.shtml?1.2.3.4"
example.com rcpt recipient-filter | 550-Your message was rejected by this user and was not delivered -  mips space
example.com rcpt reputation | 550 11.22.33.44 blacklisted see http://www.spamhaus.org/query/bl?ip=11.22.33.44
example.com rcpt reputation | 550 11.22.33.44 listed at spamhaus, see http://www.spamhaus.org
example.com rcpt reputation | 550 5.2.1 Mailbox unavailable. Your IP address 11.22.33.44 is blacklisted using SPAMHAUS-XBL. Details: https://www.spamhaus.org/query/ip/11.22.33.44.
example.com rcpt reputation | 550 5.7.0 Your server IP address is in the SpamHaus SBL-XBL database, bye
example.com rcpt reputation | 550 5.7.1 11.22.33.44 has been blocked by zen.spamhaus.org
example.ee rcpt reputation | 554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using ee.countries.nerd.dk; Your IP is in ee, rejected based on geographical location
example.com rcpt greylist | 421 4.7.1 Service unavailable; Client host [1.2.3.4] blocked using grey.rbl - Rechazo temporal, intentelo mas tarde por favor...Greylisting in action, please try again later
example.com rcpt reputation | 550 5.7.1 :127.0.0.4:Client host 11.22.33.44 blocked using 87.blocklist.zap; Mail from IP banned. To request removal from this list please visit http://www.spamhaus.org/query/bl?ip=11.22.33.44
example.com rcpt reputation | 454 4.7.1 Service unavailable; Client host [1.2.3.4] blocked using dnsbl.sorbs.net; Currently Sending Spam See: http://www.sorbs.net/lookup.shtml?1.2.3.4
example.com rcpt reputation | 554 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using b.barracudacentral.org; http://www.barracudanetworks.com/reputation/?pr=1&ip=45.55.44.239
example.com rcpt reputation | 550 5.7.1 <sender@example.com>... 11.22.33.44 listed at zen.spamhaus.org
example.com rcpt reputation | 550 5.7.1 Client address [11.22.33.44] blocked. You are in the SPAMMER List - Listed on The Spamhaus Project. See http://www.spamhaus.org/query/bl?ip=11.22.33.44
example.com rcpt reputation | 550 5.7.1 Mail from 11.22.33.44 rejected using zen.spamhaus.org. Please see http://www.spamhaus.org/query/bl?ip=11.22.33.44
example.com dot spam-content | 554 5.7.1 Service unavailable; Client host [mail.example.com] blocked using multi.uribl.com
example.com rcpt reputation | 554 5.7.1 Service unavailable; Sender address [user@example.com] blocked using dbl.spamhaus.org; https://www.spamhaus.org/query/domain/example.com
example.com rcpt reputation | 550 5.7.1 The IP address was rejected by the Realtime Block List provider zen.spamhaus.org.
example.com rcpt reputation | 550 5.7.1 This system is configured to reject mail from mta.example.com. Connecting host [11.22.33.44] is listed by the lookup site 'zen.spamhaus.org.'.
example.com rcpt reputation | 550 5.7.107 The IP address was rejected by the sbl.spamhaus.org RBL.
example.com rcpt reputation | 550 https://www.spamhaus.org/query/ip/11.22.33.44
example.com rcpt reputation | 550-IP 11.22.33.44 is blacklisted (xbl.spamhaus.org). Help at/Hilfe unter www.mfaq.info
example.com rcpt reputation | 553 5.3.0 <recipient@example.com>... Mail from 11.22.33.44 rejected,see http://www.spamhaus.org/lookup/
yahoo.com mail reputation | 553 Mail from 11.22.33.44 not allowed - 5.7.1 [BL23] Connections not accepted from IP addresses on Spamhaus XBL; see http://postmaster.yahoo.com/errors/550-bl23.html [550]
example.com rcpt reputation | 554 5.7.1 <recipient@example.com>: Recipient address rejected: https://www.spamhaus.org/query/ip/11.22.33.44
example.com rcpt reputation | 554 5.7.1 You are sending spam (check http://www.spamhaus.org/query/bl?ip=11.22.33.44)
example.com greeting reputation | 554 Refused. Your IP address is listed in the RBL at xbl.spamhaus.org
example.com greeting reputation | 554 bosimpinc12 bizsmtp 11.22.33.44 is on the Spamhaus XBL blacklist. Please visit: http://www.spamhaus.org/query/bl?ip=11.22.33.44
example.com rcpt reputation | 591 x@example.com your host [1.2.3.4] is blacklisted by dnsbl.sorbs.net. Currently Sending Spam See: http://www.sorbs.net/lookup.shtml?1.2.3.4.
example.com rcpt reputation | 550 Rejected: 11.22.33.44 is listed at work.drbl.example.net
example.com rcpt reputation | 550 Rejected due to DNSBL server response (dnsbl.cobion.com - 1.2.3.4)
example.com rcpt reputation | 550 Service unavailable; Client Host [1.2.3.4] blocked using Trend Micro RBL+. Please see http://www.mail-abuse.com/cgi-bin/lookup?ip_address=1.2.3.4
example.ee rcpt reputation | 550 5.7.1 --- SAATKE SEE TEADE OMA IT-MEHELE! --- TEIE server 1.2.3.4 on BLACKLISTIS dnsbl.sorbs.net, Sorbs blokeeris kirja! YOUR server 1.2.3.4 is in the blacklist dnsbl.sorbs.net
example.com greeting reputation | 554 Connection from 1.2.3.4 rejected for policy reasons. Host found in DNS blacklist at dnsbl.sorbs.net
example.com rcpt reputation | 451 Currently Sending Spam See: http://www.sorbs.net/lookup.shtml?1.2.3.4
example.com mail reputation | 501 5.7.1 <sender@example.com>... Sender refused by the DNSBL dnsbl.sorbs.net
terra.com greeting reputation | 554 *.terra.com cmsmtp 5.7.1 Service unavailable; Client host [1.2.3.4] blocked using cm-csi-v11; Cloudmark Poor Reputation Sender Blacklist http://csi.cloudmark.com/reset-request/?ip=1.2.3.4
example.com greeting reputation | 554 5.5.4 Your IP 1.2.3.4 address has a bad reputation. To unblock visit http://cloud-security.net/unblock
att.net mail reputation | 553 5.3.0 flph825 DNSBL:ATTRBL 521< 1.2.3.4 >_is_blocked.For assistance forward this email to abuse@example.com
example.com greeting reputation | 554-mx.example.com Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.
example.com rcpt reputation | 553 5.7.1 <hostname[1.2.3.4]>: Client host rejected: Relaying denied - Your IP identified as spammer. Please contact 123
example.com mail reputation mx=example-com.mail.protection.outlook.com | 550 5.7.511 Access denied, banned sender[1.2.3.4]. To request removal from this list please forward this message to delist@messaging.microsoft.com.
orange.fr greeting connection-limit | 421 mwinf5c63 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR005_104 [104]
orange.fr rcpt mailbox-full | 552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]
hot.ee rcpt inactive | 550 5.2.1 <x@hot.ee> is expired account
mail.ee rcpt inactive | 554 5.2.1 Inactive user
mail.ru dot spam-content | 550 spam message rejected
example.com dot reputation | 550 permanent failure for one or more recipients (user@example.com:blocked)
example.com rcpt reputation | 550 csi.mimecast.org Poor Reputation Sender. - https://community.mimecast.com/docs/DOC-1369#550 [vH7Ns8biNg-p6EfZ0QaVMQ.us149]
example.com dot auth | 550 Rejected by header based Anti-Spoofing policy: user@example.com - https://community.mimecast.com/docs/DOC-1369#550 [_g67iKwmNreAb9PeazQFDQ.us227]
example.com rcpt reputation | 550 5.5.4 ETP208 Your IP 1.2.3.4 is listed by Invaluement. Please see http://www.invaluement.com/research/ if you feel this is in error
example.com greeting reputation | 550 Too many invalid recipients
example.com rcpt reputation | 550 Black listed at hostkarma http://ipadmin.junkemailfilter.com/remove.php?ip=1.2.3.4
example.com rcpt reputation | 550 The sending IP (1.2.3.4) is listed on https://spamrl.com/. Please resolve this and retry.
comcast.net greeting reputation | 554 resimta-po-11v.sys.comcast.net resimta-po-11v.sys.comcast.net 1.2.3.4 found on one or more DNSBLs, see http://postmaster.comcast.net/smtp-error-codes.php#BL000010
example.com rcpt reputation | 550 #5.7.1 Your access to submit messages to this e-mail system has been rejected.
example.com greeting reputation | 554 5.7.1 Rejected because Bad IP
example.com greeting reputation | 554 Blocked - see https://ipcheck.proofpoint.com/?ip=1.2.3.4
example.com rcpt reputation | 550-"Email blocked by GeoIP spam filter. Listed by HOSTKARMA/JUNKEMAILFILTER. Country [IP], XX [1.2.3.4] - IntCode491003 - (example.com)"
example.com rcpt unknown-user | 550 5.1.1 Mail Refused - Address <user@example.com> Recipient Unknown
example.com rcpt unknown-user | 550 5.1.1 <user@example.com> recipient rejected
yahoo.com dot unknown-user | 554 delivery error: dd Not a valid recipient - atlas315.free.mail.ne1.yahoo.com
example.com rcpt relay | 553 sorry, that domain isn't in my list of allowed rcpthosts; no valid cert for gatewaying (#5.7.1)
`,
  },
];
