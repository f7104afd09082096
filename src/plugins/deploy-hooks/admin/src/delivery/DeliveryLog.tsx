import { Accordion, Flex, Loader, Typography } from '@strapi/design-system';
import { Pagination, useQueryParams } from '@strapi/strapi/admin';
import { useDeliveries } from '../data/use-deliveries';
import { NotRefreshed } from '../text/NotRefreshed';
import { useTexts } from '../text/use-texts';
import { DeliveryItem } from './DeliveryItem';
import { FILTER_STATES, StateFilter } from './StateFilter';

const FIRST_PAGE = { page: '1', pageSize: '10' };

interface Query {
  page: string;
  pageSize: string;
  state?: string;
}

/** A page of a site's deliveries, newest first. The URL holds page and filter. */
export function DeliveryLog({ hookId, canSend }: { hookId: string; canSend: boolean }) {
  const say = useTexts();
  const [{ query }, setQuery] = useQueryParams<Query>(FIRST_PAGE);
  const state = FILTER_STATES.find((known) => known === query.state);
  const { page, pageSize } = query;
  const { answer, failure, isCurrent, reload } = useDeliveries({
    hook: hookId,
    state,
    page,
    pageSize,
  });

  // If this page cannot be read, the previous one must not stay in its place.
  const shown = failure && !isCurrent ? undefined : answer;
  const deliveries = shown?.data ?? [];
  return (
    <Flex direction="column" alignItems="stretch" gap={4} paddingTop={4}>
      <StateFilter
        state={state}
        onChange={(chosen) => setQuery({ ...FIRST_PAGE, pageSize, state: chosen })}
      />
      {failure && (shown ? <NotRefreshed reason={failure} /> : <NotRead reason={failure} />)}
      <div aria-busy={!isCurrent && !failure}>
        {!shown && !failure && (
          <Flex justifyContent="center" padding={6}>
            <Loader>{say('deliveries.loading')}</Loader>
          </Flex>
        )}
        {shown && deliveries.length === 0 && (
          <Typography tag="p" textColor="neutral600">
            {say(state ? 'deliveries.none-in-state' : 'deliveries.none')}
          </Typography>
        )}
        {deliveries.length > 0 && (
          <Accordion.Root>
            {deliveries.map((delivery) => (
              <DeliveryItem
                key={delivery.id}
                delivery={delivery}
                canSend={canSend}
                reload={reload}
              />
            ))}
          </Accordion.Root>
        )}
      </div>
      {shown && (
        <Pagination.Root {...shown.meta.pagination} defaultPageSize={Number(FIRST_PAGE.pageSize)}>
          <Pagination.PageSize />
          <Pagination.Links />
        </Pagination.Root>
      )}
    </Flex>
  );
}

function NotRead({ reason }: { reason: string }) {
  const say = useTexts();
  return (
    <Typography tag="p" role="alert" textColor="danger700">
      {say('failed', { reason })}
    </Typography>
  );
}
