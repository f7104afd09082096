import { useId } from 'react';
import { Badge, Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { sitePath } from '../pages/paths';
import { useTexts } from '../text/use-texts';
import { HookActions, type HookActionsProps } from './HookActions';
import { HookFacts } from './HookFacts';

/** One site of the list. */
export function HookCard(props: HookActionsProps) {
  const { hook } = props;
  const say = useTexts();
  const titleId = useId();
  return (
    <Box
      aria-labelledby={titleId}
      background="neutral0"
      hasRadius
      padding={5}
      shadow="tableShadow"
      tag="article"
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex gap={3} wrap="wrap">
          <Typography id={titleId} tag="h2" variant="delta" textColor="neutral800">
            {hook.name}
          </Typography>
          {hook.isDeclared && <Badge>{say('declared.badge')}</Badge>}
          <Link
            aria-label={say('deliveries.of', { name: hook.name })}
            tag={NavLink}
            to={sitePath(hook.id)}
          >
            {say('deliveries')}
          </Link>
        </Flex>
        <HookFacts hook={hook} />
        <HookActions {...props} />
      </Flex>
    </Box>
  );
}
