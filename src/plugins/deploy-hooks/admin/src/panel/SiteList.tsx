import { useState } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import { partition } from 'es-toolkit';
import type { DocumentProgress } from '../../../shared';
import { ClockTime } from '../text/Moment';
import { BuildLink } from '../text/BuildLink';
import { Text } from '../text/Text';
import { FollowProgress } from './FollowProgress';
import { isUnderWay, siteStageOf, type SiteStage } from './site-stage';
import type { Publication } from './use-publication';

/** Colors that are legible on light and dark backgrounds. */
const COLORS: Record<SiteStage, string> = {
  waiting: 'primary700',
  failing: 'danger700',
  paused: 'danger700',
  disabled: 'neutral600',
  notified: 'success700',
  'not-live-yet': 'primary700',
  building: 'primary700',
  'build-failed': 'danger700',
  live: 'success700',
  unknown: 'neutral600',
  silent: 'neutral600',
};

/** The sites that show or will show a document, and the progress of each. */
export function SiteList({ publication }: { publication: Publication }) {
  const [followed, setFollowed] = useState<Publication>();
  // Progress of an earlier publication says nothing about this one.
  const { progress } = followed?.publishedAt === publication.publishedAt ? followed : publication;
  const [disabled, enabled] = partition(
    progress.filter(({ stage }) => stage !== 'not-concerned'),
    ({ heldUp }) => heldUp === 'disabled'
  );
  return (
    <>
      {progress.some((site) => isUnderWay(site)) && (
        <FollowProgress
          key={publication.publishedAt}
          publication={publication}
          onAnswer={setFollowed}
        />
      )}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} width="100%">
        {enabled.map((site) => (
          <SiteItem key={site.hook.id} site={site} />
        ))}
      </Flex>
      {disabled.length > 0 && (
        <details>
          <Typography tag="summary" variant="pi" textColor="neutral600">
            <Text name="panel.disabled-sites" values={{ count: disabled.length }} />
          </Typography>
          <Flex tag="ul" direction="column" alignItems="stretch" gap={3} paddingTop={2}>
            {disabled.map((site) => (
              <SiteItem key={site.hook.id} site={site} />
            ))}
          </Flex>
        </details>
      )}
    </>
  );
}

function SiteItem({ site }: { site: DocumentProgress }) {
  const stage = siteStageOf(site);
  if (!stage) return null;
  const { at, hook, link, nextAttemptAt } = site;
  const time = {
    isKnown: String(at !== null),
    at: at !== null && <ClockTime at={at} />,
    next: nextAttemptAt !== null && <ClockTime at={nextAttemptAt} />,
  };
  return (
    <li>
      <div role="status">
        <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
          {hook.name}
        </Typography>
        <Typography tag="p" variant="pi" textColor={COLORS[stage]}>
          <Text name={`panel.${stage}`} values={time} />
        </Typography>
        {link !== null && <BuildLink href={link} isLive={stage === 'live'} />}
      </div>
    </li>
  );
}
