import { useMemo } from 'react';
import { Box, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useNavigate, useParams } from 'react-router-dom';
import { useRights } from '../data/rights';
import { useHook } from '../data/use-hooks';
import { DeliveryLog } from '../delivery/DeliveryLog';
import { HookActions } from '../hook/HookActions';
import { HookFacts } from '../hook/HookFacts';
import { useStateNews } from '../hook/use-state-news';
import { NotRefreshed } from '../text/NotRefreshed';
import { useTexts } from '../text/use-texts';
import { LIST_PATH } from './paths';
import { SubPage } from './SubPage';

/** One site and its deliveries. */
export function SitePage() {
  const { id = '' } = useParams();
  const say = useTexts();
  const rights = useRights();
  const navigate = useNavigate();
  const { answer, failure, reload } = useHook(id);
  const hook = answer?.data;
  const news = useStateNews(useMemo(() => hook && [hook], [hook]));

  if (!hook && failure) return <Page.Error content={say('failed', { reason: failure })} />;
  if (!hook) return <Page.Loading />;
  return (
    <SubPage title={hook.name}>
      <VisuallyHidden role="status">{news}</VisuallyHidden>
      {failure && <NotRefreshed reason={failure} />}
      <Box background="neutral0" hasRadius padding={5} shadow="tableShadow">
        <Flex direction="column" alignItems="stretch" gap={3}>
          <HookFacts hook={hook} />
          <HookActions
            hook={hook}
            rights={rights}
            reload={reload}
            onDeleted={() => navigate(LIST_PATH)}
          />
        </Flex>
      </Box>
      <Box paddingTop={6}>
        <Typography tag="h2" variant="beta" textColor="neutral800">
          {say('deliveries')}
        </Typography>
        <DeliveryLog hookId={id} canSend={rights.canTrigger} />
      </Box>
    </SubPage>
  );
}
