import { useId } from 'react';
import { Badge, Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { Hook } from '../../../shared';
import type { Rights } from '../data/rights';
import { sitePath } from '../pages/paths';
import { useTexts } from '../text/use-texts';
import { HookActions } from './HookActions';
import { HookFacts } from './HookFacts';

interface HookCardProps {
  hook: Hook;
  rights: Rights;
  reload: () => Promise<void>;
  onDeleted: () => void;
}

/** One site of the list. */
export function HookCard(props: HookCardProps) {
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
