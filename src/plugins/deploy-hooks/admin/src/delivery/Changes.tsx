import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Delivery } from '../../../shared';
import { DataTable } from '../text/DataTable';
import { useTexts } from '../text/use-texts';

/** Returns how many changes a message reports, in a few words. */
export function useSummary({ counts, kind }: Delivery): string {
  const say = useTexts();
  if (kind === 'test') return say('delivery.test');
  const changes = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return say('delivery.changes', { changes });
}

/** The changes that a message reports. */
export function Changes({ delivery: { changes, counts, kind } }: { delivery: Delivery }) {
  const say = useTexts();
  const { formatList } = useIntl();
  if (kind === 'test') return null;
  if (!changes) {
    const collections = Object.entries(counts).map(([collection, count]) =>
      say('changes.count', { collection, count })
    );
    return (
      <Typography tag="p" textColor="neutral800">
        {say('changes.too-many', { collections: formatList(collections) })}
      </Typography>
    );
  }
  if (changes.length === 0) return null;
  return (
    <DataTable
      caption={say('changes')}
      heads={[
        say('changes.collection'),
        say('changes.slug'),
        say('changes.state'),
        say('changes.keys'),
      ]}
      rows={changes.map(({ changed, collection, slug, state }) => ({
        key: `${collection}/${slug}`,
        cells: [collection, slug, say(`changes.state.${state}`), changed.join(', ')],
      }))}
    />
  );
}
