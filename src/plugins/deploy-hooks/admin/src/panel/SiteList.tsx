import { useState } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { DocumentProgress } from '../../../shared';
import { ClockTime } from '../text/Moment';
import { Text } from '../text/Text';
import { FollowProgress } from './FollowProgress';
import { isUnderWay, siteStageOf, type SiteStage } from './site-stage';
import type { Publication } from './use-publication';

/** Those that can be read on a light and on a dark ground. */
const COLORS: Record<SiteStage, string> = {
  waiting: 'primary700',
  'held-up': 'danger700',
  told: 'success700',
  'not-live-yet': 'primary700',
  live: 'success700',
  unknown: 'neutral600',
};

/** The sites that show a document or are to show it, and how far each of them is. */
export function SiteList({ publication }: { publication: Publication }) {
  const [followed, setFollowed] = useState<Publication>();
  // What was followed before this publication says nothing of it.
  const { progress } = followed?.publishedAt === publication.publishedAt ? followed : publication;
  return (
    <>
      {progress.some((site) => isUnderWay(siteStageOf(site))) && (
        <FollowProgress
          key={publication.publishedAt}
          publication={publication}
          onAnswer={setFollowed}
        />
      )}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} width="100%">
        {progress.map((site) => (
          <SiteItem key={site.hook.id} site={site} />
        ))}
      </Flex>
    </>
  );
}

function SiteItem({ site }: { site: DocumentProgress }) {
  const stage = siteStageOf(site);
  if (!stage) return null;
  const { at, hook } = site;
  const time = { isKnown: String(at !== null), at: at !== null && <ClockTime at={at} /> };
  return (
    <li>
      <div role="status">
        <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
          {hook.name}
        </Typography>
        <Typography tag="p" variant="pi" textColor={COLORS[stage]}>
          <Text name={`panel.${stage}`} values={time} />
        </Typography>
      </div>
    </li>
  );
}
