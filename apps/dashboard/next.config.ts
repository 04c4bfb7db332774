/**
 * Next.js: pages are rendered per request (nonces, sessions), types are checked by `npm run check`,
 * and nothing is read from the environment while building.
 */
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./src/i18n/request.ts');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  typescript: { ignoreBuildErrors: true },
  transpilePackages: [
    '@hikyaku/audience',
    '@hikyaku/campaigns',
    '@hikyaku/contracts',
    '@hikyaku/db',
    '@hikyaku/delivery',
    '@hikyaku/message',
    '@hikyaku/replies',
    '@hikyaku/reports',
    '@hikyaku/ui',
  ],
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'pino'],
  experimental: { authInterrupts: true },
  async headers() {
    return [{ source: '/:path*', headers: HEADERS }];
  },
};

// The content policy carries a nonce and is therefore set in proxy.ts.
const HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

export default withNextIntl(config);
