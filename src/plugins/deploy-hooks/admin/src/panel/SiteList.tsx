import { useState } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { DocumentProgress } from '../../../shared';
import { useTexts } from '../text/use-texts';
import { FollowProgress } from './FollowProgress';
import type { Publication } from './use-publication';

type Concerned = Exclude<DocumentProgress['stage'], 'not-concerned'>;

/** Those that can be read on a light and on a dark ground. */
const COLORS: Record<Concerned, string> = {
  published: 'primary700',
  triggered: 'primary700',
  live: 'success700',
};

/** The sites that show a document or are to show it, and how far each of them is. */
export function SiteList({ publication }: { publication: Publication }) {
  const say = useTexts();
  const [followed, setFollowed] = useState<Publication>();
  // What was followed before this publication says nothing of it.
  const { progress } = followed?.publishedAt === publication.publishedAt ? followed : publication;
  const sites = progress.flatMap(({ hook, stage }) =>
    stage === 'not-concerned' ? [] : [{ hook, stage }]
  );
  const isUnderWay = sites.some(({ stage }) => stage !== 'live');
  return (
    <>
      {isUnderWay && (
        <FollowProgress
          key={publication.publishedAt}
          publication={publication}
          onAnswer={setFollowed}
        />
      )}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} width="100%">
        {sites.map(({ hook, stage }) => (
          <li key={hook.id}>
            <div role="status">
              <Typography tag="p" fontWeight="semiBold" textColor="neutral800">
                {hook.name}
              </Typography>
              <Typography tag="p" variant="pi" textColor={COLORS[stage]}>
                {say(`panel.${stage}`)}
              </Typography>
            </div>
          </li>
        ))}
      </Flex>
    </>
  );
}
