/** What the false-550 protection holds up, and the destinations where cleaning is enforced for everybody. */
import { Badge, Card, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { BlockRow, FloorRow } from '../queries/staff-hygiene.ts';
import { AddFloor, ReleaseBlock, RemoveFloor } from './block-actions.tsx';

const ZONE = 'Asia/Tokyo';
const isStanding = ({ state }: BlockRow) => state === 'blocked' || state === 'probing';

export function BlocksCard({ blocks }: { blocks: BlockRow[] }) {
  const t = useTranslations('hygiene');
  const format = useFormatter();
  return (
    <Card title={t('blocks')} description={t('blocksText')} isFlush>
      <Table
        caption={t('blocks')}
        rows={blocks}
        rowKey={(block) => `${block.site} ${block.source} ${block.tenantId}`}
        empty={<EmptyState title={t('noBlocks')} icon="check" />}
        columns={[
          {
            key: 'site',
            header: t('site'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: ({ site, source }) => (
              <TextLink
                href={`/staff/quarantine/timeline?${new URLSearchParams({ site, source })}`}
              >
                {site}
              </TextLink>
            ),
          },
          { key: 'source', header: t('source'), cell: ({ source }) => source },
          {
            key: 'whom',
            header: t('whom'),
            cell: ({ tenantId, tenantName }) =>
              tenantId ? (
                <TextLink isQuiet href={`/staff/tenants/${tenantId}/hygiene`}>
                  {tenantName}
                </TextLink>
              ) : (
                t('everybody')
              ),
          },
          {
            key: 'state',
            header: t('state'),
            cell: (block) => (
              <Badge
                tone={isStanding(block) ? 'bad' : block.state === 'suspected' ? 'warn' : 'good'}
              >
                {t(`states.${block.state}` as 'states.blocked')}
              </Badge>
            ),
          },
          {
            key: 'held',
            header: t('held'),
            isNumber: true,
            cell: ({ held }) => format.number(held),
          },
          {
            key: 'probe',
            header: t('nextProbe'),
            cell: (block) =>
              isStanding(block) && block.probeAtMs !== null ? (
                <Time at={block.probeAtMs} zone={ZONE} style="seconds" />
              ) : (
                '–'
              ),
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('acts.release')}</span>,
            cell: (block) =>
              isStanding(block) && <ReleaseBlock site={block.site} source={block.source} />,
          },
        ]}
      />
    </Card>
  );
}

export function FloorsCard({ floors }: { floors: FloorRow[] }) {
  const t = useTranslations('hygiene');
  return (
    <Card title={t('floors')} description={t('floorsText')} actions={<AddFloor />} isFlush>
      <Table
        caption={t('floors')}
        rows={floors}
        rowKey={(floor) => floor.domain}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('noFloors')}</p>}
        columns={[
          { key: 'domain', header: t('acts.domain'), isLead: true, cell: ({ domain }) => domain },
          { key: 'reason', header: t('acts.reason'), cell: ({ reason }) => reason },
          {
            key: 'since',
            header: t('since'),
            cell: ({ setAtMs }) => <Time at={setAtMs} zone={ZONE} />,
          },
          {
            key: 'act',
            header: <span className="sr-only">{t('acts.removeFloor')}</span>,
            cell: ({ domain }) => <RemoveFloor domain={domain} />,
          },
        ]}
      />
    </Card>
  );
}
