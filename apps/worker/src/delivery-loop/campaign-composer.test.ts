import type { DueDelivery, LaneCampaign } from '@hikyaku/db/worker';
import { parseTemplate, renderPreview, unsubscribeLabel } from '@hikyaku/message';
import { createTokens } from '@hikyaku/message/node';
import { describe, expect, test } from 'vitest';
import { createCampaignCompose } from './campaign-composer.ts';

const ID = '6f1c2d3e-0000-4000-8000-000000000001';
const tokens = createTokens('a secret of tests, at least 32 characters long');
const content = {
  subject: 'Until {{ until | date: "%d %H:%M" }}',
  html: '<p>{{ name }}: {{ until | date: "%Y-%m-%d %H:%M" }}</p>',
  text: '{{ name }}: {{ until | date: "%Y-%m-%d %H:%M" }}',
};
const row: DueDelivery = {
  tenantId: ID,
  campaignId: ID,
  id: '7',
  email: 'someone@example.com',
  domain: 'example.com',
  fields: { name: '山田', until: '2026-11-24T20:30:00Z' },
  attempts: 0,
  nextAttemptMs: 0,
  isCanary: false,
  isQuarantined: false,
};

function campaignOf(zone: string, locale: string): LaneCampaign {
  return {
    tenantId: ID,
    campaignId: ID,
    kind: 'regular',
    mode: 'one_to_one',
    fromName: '桜商店',
    fromEmail: 'news@sakura.example',
    content,
    windowsByGroup: {},
    expiresAtMs: null,
    zone,
    locale,
    expiryMs: 0,
    openSinceMs: 0,
    rescanEpoch: 0,
    weight: 1,
    rateMax: null,
    isCut: true,
  };
}

describe('what is sent equals the preview', () => {
  for (const [zone, locale, date] of [
    ['Asia/Tokyo', 'ja', '2026-11-25 05:30'],
    ['America/New_York', 'en', '2026-11-24 15:30'],
  ] as const) {
    test(`a tenant in ${zone} with ${locale} gets its own time and its own words for the way out`, () => {
      const baseUrl = 'https://mail.example.com';
      const compose = createCampaignCompose(campaignOf(zone, locale), { tokens, baseUrl });
      const sent = partsOf(Buffer.from(compose(row, 0).content).toString('latin1'));
      const parsed = parseTemplate(content, { timeZone: zone });
      if (!parsed.ok) throw new Error('the template is a good one');
      const token = tokens.signUnsubscribe({ tenantId: ID, campaignId: ID, deliveryId: 7n });
      const shown = renderPreview(parsed.template, row.fields, {
        email: row.email,
        unsubscribeUrl: `${baseUrl}/u/${token}`,
        unsubscribeLabel: unsubscribeLabel(locale),
      });
      expect(shown.text).toContain(date);
      expect(shown.text).toContain(locale === 'ja' ? '配信停止:' : 'Unsubscribe:');
      expect(sent.text.trim()).toBe(shown.text.trim());
      expect(sent.html.trim()).toBe(shown.html?.trim());
      expect(sent.head).toContain(`Subject: ${shown.subject}`);
    });
  }
});

function partsOf(message: string): { head: string; text: string; html: string } {
  const boundary = /boundary="([^"]+)"/.exec(message)?.[1] as string;
  const [head = '', text = '', html = ''] = message.split(`--${boundary}`);
  return { head, text: bodyOf(text), html: bodyOf(html) };
}

function bodyOf(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  const body = part.slice(end + 4);
  const encoding = /Content-Transfer-Encoding: (\S+)/i.exec(part.slice(0, end))?.[1];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
