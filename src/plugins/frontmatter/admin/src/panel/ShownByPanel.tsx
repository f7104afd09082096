import { Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useOwners } from '../actions/use-owners';
import { useTexts } from '../use-texts';
import { useShapes } from './use-shapes';

/** Panel beside a form of a keyword, a sponsor or the like: published documents that show it. */
export function ShownByPanel({ documentId, model }: { documentId?: string; model: string }) {
  const say = useTexts();
  const isShown = useShapes().some(({ shows }) => shows.includes(model));
  if (!isShown || documentId === undefined) return null;
  return {
    title: say('shown-by'),
    content: <ShownBy documentId={documentId} model={model} />,
  };
}

function ShownBy({ documentId, model }: { documentId: string; model: string }) {
  const say = useTexts();
  const owners = useOwners(model, [documentId]);
  if (!owners) return null;
  if (owners.length === 0) {
    return (
      <Typography variant="pi" textColor="neutral600">
        {say('shown-by.none')}
      </Typography>
    );
  }
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={1} width="100%">
      {owners.map(({ contentType, documentId: id, slug }) => (
        <li key={id}>
          <Link tag={NavLink} to={`/content-manager/collection-types/${contentType}/${id}`}>
            {slug}
          </Link>
        </li>
      ))}
    </Flex>
  );
}
