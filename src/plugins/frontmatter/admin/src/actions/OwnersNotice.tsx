import { Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { useShapes } from '../panel/use-shapes';
import { keyOf } from '../plugin-id';
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
  const { formatMessage } = useIntl();
  const shapes = useShapes();
  const owners = useOwners(model, documentIds);
  if (!owners) return null;
  const count = documentIds.length;
  if (owners.length === 0) {
    return <Typography>{formatMessage({ id: keyOf('owners.none') }, { count })}</Typography>;
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
            {formatMessage(
              { id: keyOf(`owners.${verb}`) },
              {
                owners: own.length,
                name: own.length === 1 ? shape.singular : shape.plural,
                count,
                names: names.join(', '),
                more,
              }
            )}
          </Typography>
        );
      })}
    </>
  );
}
