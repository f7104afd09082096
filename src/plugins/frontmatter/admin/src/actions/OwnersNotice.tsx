import { Typography } from '@strapi/design-system';
import { useShapes } from '../panel/use-shapes';
import { useTexts } from '../use-texts';
import { useOwners } from './use-owners';

const MAX_NAMED = 8;

/** `38 roadmaps link to this: baking, …` */
export function OwnersNotice({
  documentIds,
  model,
}: {
  documentIds: readonly string[];
  model: string;
}) {
  const say = useTexts();
  const shapes = useShapes();
  const owners = useOwners(model, documentIds);
  if (!owners) return null;
  const count = documentIds.length;
  if (owners.length === 0) {
    return <Typography>{say('owners.none', { count })}</Typography>;
  }
  return (
    <>
      {shapes.map((shape) => {
        const own = owners.filter(({ contentType }) => contentType === shape.contentType);
        if (own.length === 0) return null;
        const verb = shape.contentType === model ? 'link' : 'show';
        const names = own.slice(0, MAX_NAMED).map(({ slug }) => slug);
        const more = own.length - names.length;
        return (
          <Typography key={shape.contentType} role="status">
            {say(`owners.${verb}`, {
              owners: own.length,
              name: own.length === 1 ? shape.singular : shape.plural,
              count,
              names: names.join(', '),
              more,
            })}
          </Typography>
        );
      })}
    </>
  );
}
