/** What Outlook.com and Exchange Online say, as it was collected from Microsoft's pages and from bounces. */
import type { GoldenSource } from '../format.ts';

export const MICROSOFT: readonly GoldenSource[] = [
  {
    cite: 'https://github.com/sisimai/rb-sisimai/blob/9c4a18472ab13e0382c3dec7ffbea39f2e187c91/lib/sisimai/rhost/microsoft.rb',
    replies: String.raw`
example.com rcpt unknown-user mx=example-com.mail.protection.outlook.com | 550 5.1.10 Recipient not found
example.com rcpt unknown-user mx=example-com.mail.protection.outlook.com | 550 5.4.1 Recipient address rejected: Access denied
example.com rcpt unknown-user | 550 5.1.1 Bad destination mailbox address
example.com mail sender-bad mx=example-com.mail.protection.outlook.com | 550 5.1.8 Access denied, bad outbound sender
example.com rcpt recipient-rate mx=example-com.mail.protection.outlook.com | 550 5.2.121 Recipient's per hour message receive limit from specific sender exceeded.
example.com rcpt recipient-rate mx=example-com.mail.protection.outlook.com | 550 5.2.122 Recipient's per hour message receive limit exceeded.
example.com dot too-big | 552 5.3.4 Message size exceeds fixed maximum message size
example.com rcpt recipient-limit | 452 4.5.3 Too many recipients
example.com mail server-temporary | 452 4.3.1 Insufficient system resources
example.com greeting server-temporary | 421 4.3.2 Service not available
example.com greeting server-temporary | 432 4.3.2 System not accepting network messages
example.com dot server-config | 554 5.4.6 Hop count exceeded - possible mail loop
example.com dot server-config | 554 5.4.14 Routing loop detected
example.com rcpt relay | 550 5.7.64 TenantAttribution; Relay Access Denied
example.com dot recipient-filter | 550 5.7.124 Sender not in allowed-senders list
example.com dot recipient-filter | 550 5.7.133 Sender not authenticated for group
example.com dot recipient-filter | 550 5.7.134 Sender was not authenticated for mailbox
example.com dot auth | 550 5.7.23 The message was rejected because of Sender Policy Framework violation
example.com mail auth | 550 5.7.25 must have a reverse DNS record
example.com rcpt reputation mx=example-com.mail.protection.outlook.com | 550 5.7.511 Access denied, banned sender[192.0.2.1]
example.com dot format | 550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant
example.com ehlo auth mx=example-com.mail.protection.outlook.com | 550 5.7.506 Access Denied, Bad HELO
example.com rcpt recipient-filter mx=example-com.mail.protection.outlook.com | 550 5.7.507 Access denied, rejected by recipient
example.com mail source-rate mx=example-com.mail.protection.outlook.com | 550 5.7.508 Access denied, [192.0.2.1] has exceeded permitted limits within 2001:db8::/64 range
example.com rcpt inactive mx=example-com.mail.protection.outlook.com | 550 5.2.1 Mailbox cannot be accessed
example.com dot server-temporary | 450 4.7.0 Temporary server error. Please try again later. PRX4 NextHop:
example.com mail reputation mx=example-com.mail.protection.outlook.com | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS761)
`,
  },
  {
    cite: 'https://wordtothewise.com/2017/10/troubleshooting-and-codes',
    replies: String.raw`
outlook.com mail reputation | 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (AS3150).
example.com mail reputation mx=example-com.mail.protection.outlook.com | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS843)
`,
  },
  {
    cite: 'https://knowledge.broadcom.com/external/article/158195',
    replies: String.raw`
hotmail.com mail reputation | 550 SC-001 (COL0-MC4-F44) Unfortunately, messages from 192.0.2.1 weren't sent. Please contact your Internet service provider since part of their network is on our block list.
`,
  },
  {
    cite: 'https://pastebin.com/EH1TUb0X',
    replies: String.raw`
example.eu rcpt reputation | 550 5.7.606 Access denied, banned sending IP [192.0.2.72]. To request removal from this list please visit https://sender.office.com/ and follow the directions. For more information please go to http://go.microsoft.com/fwlink/?LinkID=526655 AS(1430)
`,
  },
];
