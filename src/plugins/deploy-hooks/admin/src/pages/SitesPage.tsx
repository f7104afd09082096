import { EmptyStateLayout, Flex, LinkButton, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Link } from 'react-router-dom';
import { useRights } from '../data/rights';
import { useHooks } from '../data/use-hooks';
import { HookCard } from '../hook/HookCard';
import { useStateNews } from '../hook/use-state-news';
import { NotRefreshed } from '../text/NotRefreshed';
import { useTexts } from '../text/use-texts';
import { focusMain, TITLE_ID } from './main';
import { NEW_PATH } from './paths';

/** All sites that are notified of changes. */
export function SitesPage() {
  const say = useTexts();
  const rights = useRights();
  const { answer, failure, reload } = useHooks();
  const hooks = answer?.data;
  const news = useStateNews(hooks);

  if (!hooks && failure) return <Page.Error content={say('failed', { reason: failure })} />;
  if (!hooks) return <Page.Loading />;
  const off = hooks.filter(({ isEnabled }) => !isEnabled).length;
  const add = rights.canUpdate && (
    <LinkButton tag={Link} to={NEW_PATH} startIcon={<Plus />}>
      {say('add')}
    </LinkButton>
  );
  return (
    <Page.Main>
      <Page.Title>{say('title')}</Page.Title>
      <Layouts.Header
        id={TITLE_ID}
        title={say('title')}
        subtitle={say('subtitle', { count: hooks.length - off, off })}
        primaryAction={hooks.length > 0 && add}
      />
      <Layouts.Content>
        <VisuallyHidden role="status">{news}</VisuallyHidden>
        {failure && <NotRefreshed reason={failure} />}
        {hooks.length === 0 ? (
          <EmptyStateLayout content={say('none')} action={add} shadow="tableShadow" hasRadius />
        ) : (
          <Flex direction="column" alignItems="stretch" gap={4}>
            {hooks.map((hook) => (
              <HookCard
                key={hook.id}
                hook={hook}
                rights={rights}
                reload={reload}
                onDeleted={focusMain}
              />
            ))}
          </Flex>
        )}
      </Layouts.Content>
    </Page.Main>
  );
}
